"""One line of the rail at the side of every page."""

import msgspec
from django.utils.functional import Promise

from gifthorse.model.roles import Role


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the rail: where it leads, for whom, and which pages count as within it."""

    name: str | Promise
    route: str
    roles: frozenset[Role]
    pages: frozenset[str]
