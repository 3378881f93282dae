"""What each grade, kind and reason is called, for every form of the report; all are message ids."""

from typing import Final

from gifthorse.model.findings import Severity
from gifthorse.model.inspections import RangeKind, Reason, SourceKind, Verdict
from gifthorse.model.words import N_

VERDICT_WORDS: Final = {
    Verdict.CLEAR: N_("Nothing found"),
    Verdict.CAUTION: N_("Take care"),
    Verdict.DANGEROUS: N_("Dangerous"),
    Verdict.HOSTILE: N_("Hostile"),
    Verdict.NOT_INSPECTED: N_("Not inspected"),
}
SEVERITY_WORDS: Final = {
    Severity.CRITICAL: N_("Critical"),
    Severity.HIGH: N_("High"),
    Severity.MEDIUM: N_("Medium"),
    Severity.LOW: N_("Low"),
    Severity.INFO: N_("For information"),
}
# Beside the word: what this weight asks of the reader.
SEVERITY_SAYS: Final = {
    Severity.CRITICAL: N_("made to attack"),
    Severity.HIGH: N_("can harm whoever opens it"),
    Severity.MEDIUM: N_("needs a closer look before use"),
    Severity.LOW: N_("worth knowing; ordinary in many places"),
    Severity.INFO: N_("noted, changes nothing"),
}
SOURCE_WORDS: Final = {
    SourceKind.IMAGE: N_("image of a medium"),
    SourceKind.DEVICE: N_("device"),
    SourceKind.FOLDER: N_("folder"),
    SourceKind.FILE: N_("single file"),
    SourceKind.MAIL: N_("e-mail"),
    SourceKind.USB: N_("USB description or capture"),
}
REASON_WORDS: Final = {
    Reason.ENCRYPTED: N_("Locked with a password. Nobody can look inside without it, and no virus scanner can either."),
    Reason.UNREADABLE: N_("Couldn't be read. The medium may be damaged, or made so that it can't be read."),
    Reason.BUDGET: N_(
        "Too large, too deep or too many parts. It was left when it reached the limit, since some archives are made to never end."
    ),
    Reason.PARSER_CRASHED: N_("The reader of this format broke down on it. That can be an accident, or the purpose of the file."),
    Reason.UNSUPPORTED: N_("A format that this version can't open."),
    Reason.NOT_ASKED: N_("Only listed, as was asked. Inspect it without --inventory to look inside."),
}
REASON_TITLES: Final = {
    Reason.ENCRYPTED: N_("Encrypted"),
    Reason.UNREADABLE: N_("Unreadable"),
    Reason.BUDGET: N_("Over the limit"),
    Reason.PARSER_CRASHED: N_("Reader broke down"),
    Reason.UNSUPPORTED: N_("Unknown format"),
    Reason.NOT_ASKED: N_("Not asked for"),
}
RANGE_WORDS: Final = {
    RangeKind.PARTITION_TABLE: N_("Partition table"),
    RangeKind.FILESYSTEM: N_("Filesystem"),
    RangeKind.UNKNOWN_PARTITION: N_("Partition of unknown content"),
    RangeKind.GAP: N_("Gap"),
    RangeKind.TAIL: N_("After the last partition"),
    RangeKind.WHOLE: N_("Whole medium"),
}
