import os
import subprocess
from pathlib import Path

import pytest

from gifthorse.inspect.walk.folder import DEEPEST, TOO_DEEP, FolderReader, listing, shown_path


def _listed(root: Path) -> list[bytes]:
    fd = os.open(root, os.O_RDONLY)
    try:
        return [entry.raw_path for entry in listing(fd)]
    finally:
        os.close(fd)


def test_everything_is_listed_hidden_things_too(tmp_path: Path) -> None:
    (tmp_path / ".secret").mkdir()
    (tmp_path / ".secret" / ".deep").write_bytes(b"x")
    (tmp_path / "a").write_bytes(b"x")
    assert _listed(tmp_path) == [b".secret", b"a", b".secret/.deep"]


def test_links_are_listed_with_their_target_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "out").symlink_to("/etc")
    fd = os.open(tmp_path, os.O_RDONLY)
    assert [(entry.raw_path, entry.link, entry.folder) for entry in listing(fd)] == [(b"loop", b".", False), (b"out", b"/etc", False)]
    os.close(fd)


def test_names_that_are_not_utf8_arrive_as_they_are(tmp_path: Path) -> None:
    name = b"caf\xe9\nline"
    os.close(os.open(os.fsencode(tmp_path) + b"/" + name, os.O_CREAT | os.O_WRONLY))
    assert _listed(tmp_path) == [name]
    assert shown_path(name) == "caf\\xE9\\u{000A}line"


def test_a_tree_deeper_than_the_longest_path_is_listed_and_read(tmp_path: Path) -> None:
    depth = 300
    fd = os.open(tmp_path, os.O_RDONLY)
    root = os.dup(fd)
    for _ in range(depth):
        os.mkdir("a" * 30, dir_fd=fd)
        inner = os.open("a" * 30, os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = inner
    with open(os.open("end", os.O_CREAT | os.O_WRONLY, dir_fd=fd), "wb") as file:
        file.write(b"found")
    os.close(fd)
    last = list(listing(root))[-1].raw_path
    assert len(last) > 4096
    with FolderReader(root).opened(last) as content:
        assert content.read(0, 10) == b"found"
    os.close(root)


def test_a_link_in_the_middle_of_a_path_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_bytes(b"x")
    (tmp_path / "root" / "link").symlink_to("../outside")
    root = os.open(tmp_path / "root", os.O_RDONLY)
    with pytest.raises(OSError), FolderReader(root).opened(b"link/file"):  # noqa: PT011 - which error it is depends on the kernel
        pass
    with pytest.raises(OSError), FolderReader(root).opened(b"link"):  # noqa: PT011
        pass
    os.close(root)


def test_what_became_a_pipe_meanwhile_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    root = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(OSError, match="no longer a file"), FolderReader(root).opened(b"pipe"):
        pass
    os.close(root)


def test_a_folder_that_may_not_be_read_is_told_as_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked" / "x").touch()
    real = os.open

    def refusing(path: object, *rest: object, **more: object) -> int:
        if path == b"locked":
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)  # type: ignore[arg-type]

    root = real(tmp_path, os.O_RDONLY)
    monkeypatch.setattr(os, "open", refusing)
    assert [(entry.raw_path, entry.trouble) for entry in listing(root)] == [(b"locked", None), (b"locked", "Permission denied")]
    os.close(root)


def test_a_tree_of_many_thousand_levels_ends_and_says_where(tmp_path: Path) -> None:
    fd = os.open(tmp_path, os.O_RDONLY)
    root = os.dup(fd)
    for _ in range(DEEPEST + 5):
        os.mkdir("d", dir_fd=fd)
        inner = os.open("d", os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = inner
    os.close(fd)
    found = list(listing(root))
    assert [entry.trouble for entry in found if entry.trouble] == [TOO_DEEP]
    assert max(entry.raw_path.count(b"/") for entry in found) == DEEPEST
    os.close(root)
    subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # pytest's own clearing up would run out of stack


def test_the_way_back_up_is_found_after_a_deep_folder(tmp_path: Path) -> None:
    for folder in ("a/b/c", "a/bb", "ab"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x").write_bytes(folder.encode())
    fd = os.open(tmp_path, os.O_RDONLY)
    reader = FolderReader(fd)
    files = [path for path in _listed(tmp_path) if path.endswith(b"/x")]
    assert sorted(files) == [b"a/b/c/x", b"a/bb/x", b"ab/x"]
    for path in files:
        with reader.opened(path) as content:
            assert content.read(0, 20) == path.removesuffix(b"/x")
    os.close(fd)
