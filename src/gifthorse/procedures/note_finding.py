"""Officers disagree with a finding, or note a harmless explanation for next time. The finding itself stays as it is."""

import hmac
from datetime import datetime

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.findings import Finding
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise
from gifthorse.procedures.finding_records import inspection_and_relation
from gifthorse.procedures.people import names_of
from gifthorse.procedures.read_inspection import result
from gifthorse.report.gift import LONGEST_TEXT
from gifthorse.store import vault
from gifthorse.store.keyring import keyring
from gifthorse.store.tables.finding_note import FindingNote, NoteKind


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """A note, opened. `here` is False for an explanation that was accepted about the same thing at another inspection."""

    finding: int
    kind: NoteKind
    text: str
    author: str
    created_at: datetime
    here: bool


def dispute(actor: Actor, inspection_id: str, finding: int, text: str) -> FindingNote:
    """The disagreement with the finding at this position of the result, on record. Raises NotAccepted without a reason."""
    return _note(actor, Procedure.DISPUTE_FINDING, inspection_id, finding, text, kind=NoteKind.DISPUTE)


def explain(actor: Actor, inspection_id: str, finding: int, text: str) -> FindingNote:
    """The harmless explanation, on record; it is shown wherever the same thing is found again."""
    return _note(actor, Procedure.EXPLAIN_FINDING, inspection_id, finding, text, kind=NoteKind.EXPLANATION)


def notes_for(actor: Actor, inspection_id: str) -> tuple[NoteView, ...]:
    """Notes on the findings of this inspection, and explanations that were accepted for the same things elsewhere."""
    record, relation = inspection_and_relation(actor, inspection_id)
    authorise(actor, Procedure.VIEW_INSPECTION, relation)
    positions: dict[str, list[int]] = {}
    for position, finding in enumerate(result(actor, inspection_id).findings):
        positions.setdefault(mark_of(finding), []).append(position)
    rows = list(FindingNote.objects.filter(mark__in=positions).select_related("text__key"))
    fitting = [row for row in rows if row.inspection_id == record.pk or row.kind == NoteKind.EXPLANATION.value]
    names = names_of(row.author_id for row in fitting)
    return tuple(
        NoteView(
            finding=position,
            kind=NoteKind(row.kind),
            text=vault.open_text_or_none(row.text) or "",
            author=names.get(row.author_id, ""),
            created_at=row.created_at,
            here=row.inspection_id == record.pk,
        )
        for row in fitting
        for position in positions[row.mark]
    )


def mark_of(finding: Finding) -> str:
    """What was found, as a keyed digest: the id with the contents' hashes, or with place and excerpt where nothing was hashed."""
    contents = sorted({evidence.sha256 for evidence in finding.evidence if evidence.sha256})
    places = [[evidence.path, evidence.excerpt] for evidence in finding.evidence]
    body = msgspec.json.encode([finding.id, contents or places])
    return hmac.digest(keyring().mark_key, body, "sha256").hex()


def _note(actor: Actor, procedure: Procedure, inspection_id: str, position: int, untrusted_text: str, *, kind: NoteKind) -> FindingNote:
    record, relation = inspection_and_relation(actor, inspection_id)
    with act(actor, procedure, relation, subject=record.item_id) as deed:
        text = untrusted_text.strip()
        if not text or len(text) > LONGEST_TEXT:
            raise NotAccepted(N_("Please give your reason in a sentence. It stays with the finding."), field="text")
        findings = result(actor, inspection_id).findings
        if not 0 <= position < len(findings):
            raise NotAccepted(N_("This finding is not in the result any more. Please reload the page."), field="finding")
        return deed.keep(
            FindingNote(
                inspection=record,
                kind=kind.value,
                finding=findings[position].id,
                mark=mark_of(findings[position]),
                text=deed.note(vault.keep(text.encode(), moment=deed.moment)),
                author_id=actor.person,
            )
        )
