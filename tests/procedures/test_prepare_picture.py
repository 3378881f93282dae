"""From a photograph to the picture that people see: once, kept encrypted, and gone with the item."""

import io

import pytest
from PIL import Image

from gifthorse.model.custody import ItemState
from gifthorse.model.errors import KeyMissing
from gifthorse.procedures import add_photograph, erase_item, prepare_picture, view_item, view_picture, withdraw_item
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.picture import Picture
from gifthorse.store.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


def a_photograph(actors, item, content: bytes | None = None) -> str:
    if content is None:
        out = io.BytesIO()
        Image.new("RGB", (64, 48), (20, 90, 160)).save(out, "JPEG")
        content = out.getvalue()
    arrival = add_photograph.begin(actors["staff"], item.pk, "front.jpg")
    arrival.write(content)
    return arrival.finish().pk


def test_a_photograph_is_redrawn_once_and_stands_in_the_ledger(actors, an_item) -> None:
    item = an_item()
    photograph = a_photograph(actors, item)
    assert prepare_picture.waiting() == [photograph]
    assert prepare_picture.prepare(photograph) is True
    entries = LedgerEntry.objects.count()
    assert prepare_picture.prepare(photograph) is False
    assert LedgerEntry.objects.count() == entries
    assert prepare_picture.waiting() == []
    drawn = Image.open(io.BytesIO(view_picture.picture(actors["staff"], photograph)))
    assert (drawn.format, drawn.size) == ("JPEG", (64, 48))
    assert verify().damages == ()


def test_what_can_not_be_shown_is_not_tried_again(actors, an_item) -> None:
    item = an_item()
    photograph = a_photograph(actors, item, b"MZ a program under a picture's name")
    prepare_picture.prepare(photograph)
    assert prepare_picture.waiting() == []
    (view,) = view_item.item_for(actors["officer"], item.pk).photographs
    assert view.picture == "none"


def test_erasing_an_item_erases_its_pictures(actors, an_item) -> None:
    item = an_item()
    photograph = a_photograph(actors, item)
    prepare_picture.prepare(photograph)
    withdraw_item.withdraw(actors["staff"], item.pk)
    erase_item.erase(actors["custodian"], item.pk, "No longer needed.")
    with pytest.raises(KeyMissing):
        view_picture.picture(actors["staff"], photograph)
    assert verify().damages == ()


def test_a_photograph_that_is_erased_while_it_is_redrawn_leaves_no_picture(actors, an_item) -> None:
    item = an_item()
    photograph = a_photograph(actors, item)
    withdraw_item.withdraw(actors["staff"], item.pk)

    def erased_meanwhile(_fd: int) -> bytes:
        erase_item.erase(actors["custodian"], item.pk, "No longer needed.")
        return b"a picture"

    assert prepare_picture.prepare(photograph, erased_meanwhile) is False
    assert not Picture.objects.exists()
    assert prepare_picture.waiting() == []
    assert view_item.item_for(actors["staff"], item.pk).item.state == ItemState.WITHDRAWN
