"""What each area puts into the office that the browser visits."""

from tests.samples.filled import away, register, reports, threads, travel

AREAS = (register, travel, reports, threads, away)
