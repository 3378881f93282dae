import pytest

from gifthorse.inspect.walk.disc_records import Names, records
from tests.samples.disks import MIB, digests, expected, filesystem_of, iso_by_tools, listed, run, sample_files, with_bytes

FILES = sample_files()


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("options", [("-J", "-r"), ("-r",), ("-J", "-joliet-long"), ("-iso-level", "4")])
def test_disc_images_come_back_byte_for_byte(tmp_path, options):
    deep = "-r" in options  # without Rock Ridge, genisoimage leaves out what lies deeper than eight folders
    files = {name: content for name, content in FILES.items() if len(name) < 64 and (deep or name.count("/") < 7)}
    files = {name: content for name, content in files.items() if name.isascii() or "-J" in options}
    filesystem = filesystem_of(iso_by_tools(tmp_path, files, *options))
    found = digests(filesystem)
    assert sorted(found.values()) == sorted(expected(files).values())
    if "-J" in options:
        assert found == expected(files)
    assert filesystem.findings == []


@pytest.mark.needs_disk_tools
def test_a_file_that_only_one_tree_of_the_disc_names_is_listed_and_said(tmp_path):
    files = {"seen.txt": b"seen", "only unix.sh": b"#!/bin/sh\n"}
    filesystem = filesystem_of(iso_by_tools(tmp_path, files, "-J", "-r", "-hide", "seen.txt"))
    entries, findings = listed(filesystem)
    assert set(entries) == {"seen.txt", "only unix.sh"}
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [("walk.hidden-from-walker", "seen.txt")]


@pytest.mark.needs_disk_tools
def test_hidden_files_links_and_programs_of_a_disc_are_marked(tmp_path):
    folder = tmp_path / "source-iso"
    folder.mkdir()
    (folder / "link").symlink_to("../elsewhere")
    (folder / "run.sh").write_text("#!/bin/sh")
    (folder / "run.sh").chmod(0o755)
    (folder / "quiet.txt").write_text("quiet")
    image = tmp_path / "disc.iso"
    run("genisoimage", "-quiet", "-R", "-hidden", "quiet.txt", "-o", image, folder)
    filesystem = filesystem_of(image)
    entries, _findings = listed(filesystem)
    assert entries["quiet.txt"].hidden
    assert not entries["run.sh"].hidden
    assert entries["run.sh"].attributes == {"executable"}
    assert filesystem.content(entries["link"]).read(0, 100) == b"../elsewhere"


@pytest.mark.needs_disk_tools
def test_a_disc_that_was_cut_short_says_which_files_are_incomplete(tmp_path):
    image = iso_by_tools(tmp_path, {"a.txt": b"a", "z.bin": b"z" * MIB}, "-J", "-r")
    whole = image.read_bytes()
    filesystem = filesystem_of(whole[: len(whole) - MIB // 2 - 300 * 1024])
    entries, findings = listed(filesystem)
    assert entries["z.bin"].got < entries["z.bin"].size == MIB
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [("walk.unreadable", "z.bin")]


@pytest.mark.needs_disk_tools
def test_a_folder_that_leads_back_to_itself_is_listed_once(tmp_path):
    image = iso_by_tools(tmp_path, {"outer/inner.txt": b"x"}, "-R")
    body = image.read_bytes()
    root = int.from_bytes(body[0x8000 + 158 : 0x8000 + 162], "little")
    folder = body.index(b"OUTER", root * 2048)
    looped = with_bytes(body, (folder - 33 + 2, root.to_bytes(4, "little")))
    entries, _findings = listed(filesystem_of(looped))
    assert "outer" in entries
    assert len(entries) < 10


def test_random_records_never_run_away():
    import random

    chance = random.Random(5)
    for _round in range(300):
        noise = chance.randbytes(4096)
        found = list(records(noise, Names.ROCK_RIDGE, 2048, lambda _offset, length: chance.randbytes(length), 0))
        assert len(found) < 200
