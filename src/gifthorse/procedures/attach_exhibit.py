"""The content of an item comes to the desk: an image or file streams in encrypted, or a folder on the server is named."""

from pathlib import Path

from django.conf import settings

from gifthorse.model.custody import ItemState
from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise, now
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.store import vault
from gifthorse.store.tables.exhibit import Exhibit, ExhibitKind
from gifthorse.store.tables.item import Item

LONGEST_NAME = 255


class Arrival:
    """Bytes on their way into the vault. Nothing of them is on record before `finish`."""

    def __init__(self, actor: Actor, procedure: Procedure, item_id: str, untrusted_name: str, kind: ExhibitKind) -> None:
        self._actor = actor
        self._procedure = procedure
        self._item_id = item_id
        self._name = untrusted_name.strip()[:LONGEST_NAME] or "unnamed"
        self._kind = kind
        self._writer = vault.SealingWriter(now())

    def write(self, chunk: bytes) -> None:
        """*chunk* is encrypted and written."""
        self._writer.write(chunk)

    @property
    def size(self) -> int:
        """Bytes that have arrived."""
        return self._writer.size

    def finish(self) -> Exhibit:
        """The exhibit, on record. Raises NotAccepted when nothing arrived."""
        if self._writer.size == 0:
            self.abandon()
            raise NotAccepted(N_("This file is empty. Please choose another one."), field="file")
        item, relation = item_and_relation(self._actor, self._item_id)
        with act(self._actor, self._procedure, relation, subject=item.pk) as deed:
            content = deed.note(self._writer.finish())
            return deed.keep(
                Exhibit(
                    item=item,
                    kind=self._kind.value,
                    name=deed.note(vault.keep(self._name.encode("utf-8", "surrogateescape"), moment=deed.moment)),
                    content=content,
                    size=self._writer.size,
                    sha256=self._writer.sha256,
                    brought_by_id=self._actor.person,
                )
            )

    def abandon(self) -> None:
        """What had arrived is removed."""
        self._writer.abandon()


def begin(actor: Actor, item_id: str, untrusted_name: str) -> Arrival:
    """An arrival to write to. Raises Refused or NotFound before a byte is taken, and WrongState before custody."""
    item, relation = item_and_relation(actor, item_id)
    authorise(actor, Procedure.ATTACH_EXHIBIT, relation)
    _in_custody(item)
    return Arrival(actor, Procedure.ATTACH_EXHIBIT, item_id, untrusted_name, ExhibitKind.CONTENT)


def attach_folder(actor: Actor, item_id: str, untrusted_path: str) -> Exhibit:
    """A folder on the server (of a kiosk, say) as an exhibit, read in place when it is inspected.

    Raises NotAccepted for a path outside the folders that the settings name.
    """
    item, relation = item_and_relation(actor, item_id)
    with act(actor, Procedure.READ_SERVER_FOLDER, relation, subject=item.pk) as deed:
        _in_custody(item)
        path = allowed_folder(untrusted_path)
        name = deed.note(vault.keep(str(path).encode("utf-8", "surrogateescape"), moment=deed.moment))
        return deed.keep(Exhibit(item=item, kind=ExhibitKind.FOLDER.value, name=name, brought_by_id=actor.person))


def allowed_folder(untrusted_path: str) -> Path:
    """The path with all links resolved, when it lies under one of `settings.GIFTHORSE_SERVER_FOLDERS`; raises NotAccepted."""
    allowed = [Path(folder).resolve() for folder in settings.GIFTHORSE_SERVER_FOLDERS]
    try:
        path = Path(untrusted_path).resolve(strict=True)
    except (OSError, ValueError) as error:
        raise NotAccepted(N_("There is no such folder or file on the server."), field="path") from error
    if not any(path.is_relative_to(folder) for folder in allowed):
        raise NotAccepted(N_("The desk may not read there. An administrator can allow folders in the settings."), field="path")
    return path


def _in_custody(item: Item) -> None:
    if ItemState(item.state) not in {ItemState.IN_CUSTODY, ItemState.DECIDED}:
        raise WrongState(N_("Please take the item into custody first; then add its content."))
