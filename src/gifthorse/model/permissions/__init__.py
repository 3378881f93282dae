"""Who may do what: one table of role × procedure × relation, each permission with its reason. What is not in the table is refused."""

from typing import Final

from gifthorse.model.permissions import gift_counter, register, reports, threads, travel
from gifthorse.model.permissions.grants import Grants

PERMISSIONS: Final[Grants] = gift_counter.GRANTS | register.GRANTS | travel.GRANTS | reports.GRANTS | threads.GRANTS
