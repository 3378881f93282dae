"""What is put on a medium: files and folders with their attributes, and the tree that their paths make."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, kw_only=True)
class PlacedFile:
    """One file at `path` (parts joined by "/"), or an empty folder when `folder`.

    `deleted` leaves its entry and content as deletion leaves them. `scattered` puts a free cluster between each two of its own.
    `short_name` fixes the 11 bytes of its FAT entry and leaves out the long name.
    """

    path: str
    content: bytes = b""
    modified: datetime = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
    hidden: bool = False
    system: bool = False
    read_only: bool = False
    deleted: bool = False
    scattered: bool = False
    folder: bool = False
    short_name: bytes | None = None

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    @property
    def bits(self) -> int:
        """DOS attribute bits."""
        kind = 0x10 if self.folder else 0x20
        return kind | (0x01 if self.read_only else 0) | (0x02 if self.hidden else 0) | (0x04 if self.system else 0)


@dataclass
class Branch:
    """A folder of the tree: `about` holds its attributes, `children` its files and folders in order."""

    about: PlacedFile
    children: "list[Branch]" = field(default_factory=list)


def tree(files: Iterable[PlacedFile]) -> Branch:
    """The folders and files that *files* make; folders that only appear in paths are made with the date of their first file."""
    root = Branch(PlacedFile(path="", folder=True))
    folders = {"": root}

    def folder_of(path: str, like: PlacedFile) -> Branch:
        if path not in folders:
            parent = folder_of(path.rpartition("/")[0], like)
            folders[path] = Branch(PlacedFile(path=path, folder=True, modified=like.modified))
            parent.children.append(folders[path])
        return folders[path]

    for file in files:
        branch = Branch(file)
        if file.folder:
            folders[file.path] = branch
        folder_of(file.path.rpartition("/")[0], file).children.append(branch)
    return root
