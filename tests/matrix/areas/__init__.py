"""What each area of the desk adds to the matrix: rows of procedures, rows of routes, and the world they need."""

from tests.matrix.areas import away, register, reports, threads, travel

AREAS = (register, travel, reports, threads, away)
