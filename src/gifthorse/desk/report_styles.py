"""The stylesheet of the drawn map, which belongs to the reports, among the desk's public files: ``report/disk_map.css``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

import gifthorse.inspect.report

FOLDER: Final = Path(gifthorse.inspect.report.__file__).parent / "templates"
NAME: Final = "disk_map.css"
PREFIX: Final = "report"


class ReportStyles(BaseFinder):
    """Finds that one file, and nothing else of its folder."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=FOLDER)
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]  # where Django's finders keep it

    def check(self, **_kwargs: Any) -> list[Any]:
        """Nothing to complain of: the file comes with the program."""
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """Where *path* lies, for `findstatic`."""
        found = [str(FOLDER / NAME)] if path == f"{PREFIX}/{NAME}" else []
        return found if find_all else next(iter(found), None)

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The file, with the storage that it lies in."""
        yield NAME, self.storage
