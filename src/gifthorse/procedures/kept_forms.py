"""The interviews that somebody answered, kept word for word, so that old answers can be read with the words they answered."""

from typing import Final

import msgspec

from gifthorse.model.reports import ReportKind
from gifthorse.procedures.acting import Deed
from gifthorse.report.answers import Answers
from gifthorse.report.interview import canonical, digest, interview_of, read_kept
from gifthorse.report.questions import Interview
from gifthorse.store.tables.setting import HouseSetting

TITLE: Final = "interview {digest}"
TITLE_DIGITS: Final = 40


def keep_form(deed: Deed, interview: Interview) -> str:
    """The interview's digest; the interview itself is on record, from its first answer on."""
    form = digest(interview)
    title = _title(form)
    if not HouseSetting.objects.filter(title=title).exists():
        deed.keep(HouseSetting(title=title, value=msgspec.json.decode(canonical(interview))))
    return form


def form_of(kind: ReportKind, form_digest: str) -> Interview:
    """The interview with this digest: the current one, or an older one as it was kept. Raises KeyError when nobody ever answered it."""
    current = interview_of(kind)
    if digest(current) == form_digest:
        return current
    kept = HouseSetting.objects.filter(title=_title(form_digest)).first()
    if kept is None:
        raise KeyError(form_digest)
    return read_kept(msgspec.json.encode(kept.value, order="sorted"), form_digest)


def form_of_answers(answers: Answers) -> Interview:
    """The interview that these answers answer. Raises KeyError as `form_of`."""
    return form_of(answers.kind, answers.digest)


def _title(form_digest: str) -> str:
    return TITLE.format(digest=form_digest[:TITLE_DIGITS])
