"""Kinds of findings for the samples of results."""

from gifthorse.model.findings import FindingKind, Severity

SHORTCUT = FindingKind(
    id="shortcut.command",
    severity=Severity.HIGH,
    confidence=0.95,
    title="A shortcut that starts a command",
    why="Opening this shortcut runs a command interpreter with a prepared command line, not a document.",
    what_to_do="Don't open it. Keep the stick sealed and give it to the security officer.",
    benign_explanation="Some installers leave shortcuts that call a script; they point into the program's own folder.",
    technique=("T1204.002", "T1547.009"),
    version=2,
)
HIDDEN_PARTITION = FindingKind(
    id="layout.hidden-partition",
    severity=Severity.HIGH,
    confidence=0.85,
    title="A partition that file managers don't show",
    why="The partition table marks this partition as hidden, and it holds files. What lies there is meant to be found by a program, not by you.",
    what_to_do="Don't plug the stick in to have a look. The contents are listed in this report.",
    benign_explanation="Makers of computers hide a recovery partition on internal disks, seldom on a memory stick.",
    technique=("T1564.005",),
)
DISGUISED = FindingKind(
    id="executable.disguised",
    severity=Severity.HIGH,
    confidence=0.99,
    title="A program that poses as a picture",
    why="The name says picture, the bytes are a program. Whoever opens it by its icon may start it.",
    what_to_do="Don't open it on any computer that you need.",
    benign_explanation="None is known for a gift.",
    technique=("T1036.008",),
)
BIDI = FindingKind(
    id="name.bidi-override",
    severity=Severity.HIGH,
    confidence=0.9,
    title="A name that reads differently from what it is",
    why="A control character turns part of the name round, so that the true ending is hidden in the middle.",
    what_to_do="Read the name as it is written out in this report, and don't open the file.",
    benign_explanation="Names in Arabic or Hebrew hold direction marks, but seldom an override just before the ending.",
    technique=("T1036.002",),
)
SCRIPT = FindingKind(
    id="script.present",
    severity=Severity.LOW,
    confidence=0.9,
    title="A script",
    why="A script runs with your rights when you open it.",
    what_to_do="Open it in a text editor only.",
    benign_explanation="Source code and installers hold many scripts.",
    technique=("T1059",),
)
ENCRYPTED = FindingKind(
    id="archive.encrypted",
    severity=Severity.LOW,
    confidence=1.0,
    title="An archive with a password",
    why="What is inside can't be looked into without the password, neither by this inspection nor by a virus scanner.",
    what_to_do="Ask the giver for another form, or inspect again with the password.",
    benign_explanation="Many firms send every attachment with a password.",
    technique=("T1027.013",),
)
TYPE_NOTE = FindingKind(
    id="type.mismatch",
    severity=Severity.INFO,
    confidence=0.97,
    title="The ending doesn't fit the content",
    why="One picture format is named as another.",
    what_to_do="Nothing.",
    benign_explanation="Messengers and cameras rename pictures.",
)
