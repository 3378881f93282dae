"""What comes in as files: its limits, and that no byte of it lies anywhere unencrypted."""

import hashlib
import io
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gifthorse.desk import arrivals
from gifthorse.desk.uploads import limit_of
from gifthorse.model.errors import NotFound, WrongState
from gifthorse.store.tables.exhibit import Exhibit
from tests.samples import office as samples

CONTENT = bytes(range(256)) * 5000


@pytest.fixture
def item(office):
    return samples.taken_in(office, samples.a_report(office))


@pytest.fixture
def officer(office):
    client = Client()
    client.force_login(office.accounts["ines"])
    return client


def files_of(folder):
    return {path.name for path in (folder / "vault").rglob("*") if path.is_file()}


def test_a_file_in_an_ordinary_form_is_kept_as_it_was(officer, item):
    answer = officer.post(reverse("exhibits", args=[item.pk]), {"file": SimpleUploadedFile("stick.img", CONTENT)})
    assert answer.status_code == 302
    exhibit = Exhibit.objects.get()
    assert (exhibit.size, exhibit.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


def test_nothing_of_an_upload_lies_anywhere_in_the_clear(officer, item, desk_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    needle = b"the drawings of the furnace, sheet 4 of 9"
    officer.post(reverse("exhibits", args=[item.pk]), {"file": SimpleUploadedFile("stick.img", needle * 100_000)})
    assert list(tmp_path.iterdir()) == []
    for path in desk_folder.rglob("*"):
        assert not path.is_file() or needle not in path.read_bytes(), path


def test_a_form_without_a_file_is_refused(officer, item):
    assert officer.post(reverse("exhibits", args=[item.pk]), {}).status_code == 400


def test_a_form_without_its_token_leaves_nothing_behind(office, item, desk_folder):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.accounts["ines"])
    before = files_of(desk_folder)
    answer = client.post(reverse("exhibits", args=[item.pk]), {"file": SimpleUploadedFile("stick.img", CONTENT)})
    assert answer.status_code == 403
    assert not Exhibit.objects.exists()
    assert files_of(desk_folder) == before


@pytest.mark.parametrize("as_form", [True, False])
def test_more_than_the_limit_is_refused_and_leaves_nothing_behind(officer, item, settings, desk_folder, as_form):
    settings.GIFTHORSE_UPLOAD_LIMIT = 100_000
    settings.GIFTHORSE_FORM_LIMIT = 10_000_000  # so that the count of the bytes that come decides, not their announcement
    before = files_of(desk_folder)
    if as_form:
        answer = officer.post(reverse("exhibits", args=[item.pk]), {"file": SimpleUploadedFile("stick.img", CONTENT)})
    else:
        place = officer.post(reverse("arrivals", args=[item.pk]), {"name": "stick.img"}).json()["address"]
        answer = officer.put(place + "?offset=0", CONTENT, content_type="application/octet-stream")
    assert answer.status_code in {400, 409}
    assert not Exhibit.objects.exists()
    assert files_of(desk_folder) == before


def test_an_announced_length_over_the_limit_is_refused_before_a_byte_is_read(officer, item):
    answer = officer.generic("POST", reverse("answer", args=[item.pk]), b"", CONTENT_LENGTH=str(limit_of("answer") + 1))
    assert answer.status_code == 413
    assert (
        officer.generic("POST", reverse("exhibits", args=[item.pk]), b"", CONTENT_LENGTH=str(limit_of("exhibits") + 1)).status_code == 413
    )


def test_a_photograph_over_its_limit_is_refused(officer, item, settings):
    settings.GIFTHORSE_PHOTOGRAPH_LIMIT = 1000
    settings.GIFTHORSE_FORM_LIMIT = 10_000_000
    answer = officer.post(reverse("photographs", args=[item.pk]), {"photographs": SimpleUploadedFile("a.jpg", CONTENT)})
    assert answer.status_code == 400
    assert not Exhibit.objects.exists()


def test_several_photographs_come_with_a_report(office):
    client = Client()
    client.force_login(office.accounts["mara"])
    pictures = [SimpleUploadedFile(f"{side}.jpg", b"\xff\xd8" + side.encode()) for side in ("front", "back")]
    answer = client.post("/given/", {"kind": "camera", "photographs": pictures})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/receipt/")
    assert Exhibit.objects.filter(kind="photograph").count() == 2


def test_pieces_make_one_exhibit_and_a_repeated_piece_counts_once(officer, item):
    place = officer.post(reverse("arrivals", args=[item.pk]), {"name": "stick.img"}).json()["address"]
    half = len(CONTENT) // 2

    def put(offset, piece):
        return officer.put(f"{place}?offset={offset}", piece, content_type="application/octet-stream").json()["arrived"]

    assert put(0, CONTENT[:half]) == half
    assert put(0, CONTENT[:half]) == half, "a piece that was sent twice must not be kept twice"
    assert officer.get(place).json() == {"arrived": half}
    assert officer.post(place, {"size": str(len(CONTENT))}).status_code == 409, "not all has arrived"
    assert put(half, CONTENT[half:]) == len(CONTENT)
    assert officer.post(place, {"size": str(len(CONTENT))}).json()["address"] == reverse("item", args=[item.pk])
    assert Exhibit.objects.get().sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert officer.get(place).status_code == 404


def test_nobody_else_can_write_to_my_upload(office, officer, item):
    place = officer.post(reverse("arrivals", args=[item.pk]), {"name": "stick.img"}).json()["address"]
    other = Client()
    other.force_login(office.accounts["tomo"])
    assert other.put(place + "?offset=0", b"x", content_type="application/octet-stream").status_code == 404


@pytest.mark.slow
def test_a_large_upload_needs_little_memory(office, officer, item):
    place = officer.post(reverse("arrivals", args=[item.pk]), {"name": "stick.img"}).json()["address"]
    token = place.rstrip("/").rpartition("/")[2]
    person = office.actor("ines").person

    class Endless(io.RawIOBase):
        left = 300 * 1024 * 1024

        def read(self, size=-1):
            taken = min(size, self.left)
            self.left -= taken
            return bytes(taken)

    tracemalloc.start()
    arrived = arrivals.UPLOADS.take(token, person, item.pk, 0, Endless())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    arrivals.UPLOADS._drop(token)
    assert arrived == 300 * 1024 * 1024
    assert peak < 32 * 1024 * 1024


class Pretended:
    """An arrival that only counts."""

    def __init__(self):
        self.size = 0
        self.gone = False

    def write(self, chunk):
        self.size += len(chunk)

    def abandon(self):
        self.gone = True


def test_an_upload_that_nobody_goes_on_with_is_forgotten_after_hours():
    now = [0.0]
    uploads = arrivals.Uploads(clock=lambda: now[0])
    arrival = Pretended()
    token = uploads.begin("person-1", "item-1", arrival)
    now[0] = arrivals.FORGOTTEN_AFTER - 1
    uploads.forget_old()
    assert uploads.size(token, "person-1", "item-1") == 0
    now[0] = arrivals.FORGOTTEN_AFTER + 1
    uploads.forget_old()
    assert arrival.gone
    with pytest.raises(NotFound):
        uploads.size(token, "person-1", "item-1")


def test_too_many_uploads_at_once_are_refused():
    uploads = arrivals.Uploads()
    for _turn in range(arrivals.AT_ONCE):
        uploads.begin("person-1", "item-1", Pretended())
    with pytest.raises(WrongState):
        uploads.begin("person-1", "item-1", Pretended())
