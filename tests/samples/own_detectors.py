"""Detector files that misbehave on purpose, for tests of the engine. Each acts on items whose name ends in ``.trap``."""

from pathlib import Path

_FRAME = """
from gifthorse.model.findings import FindingKind, Severity
from gifthorse.model.words import phrase

KIND = FindingKind(id="test.trap", severity=Severity.LOW, confidence=1.0, title="t", why="w", what_to_do="d", benign_explanation="b")
KINDS = (KIND,)
WANTS = None

def examine(item):
    if not item.untrusted_name.endswith(".trap"):
        return
{body}
    yield KIND.found(item.here(), detail=phrase("survived"))
"""


def detector_that(folder: Path, *lines: str) -> str:
    """The path of a detector file that does *lines* on each trap."""
    path = folder / "own_detector.py"
    path.write_text(_FRAME.format(body="\n".join("    " + line for line in lines)))
    return str(path)


def detector_that_reports(folder: Path, expression: str, *preparation: str) -> str:
    """The path of a detector file whose finding on each trap has the value of *expression* as its detail."""
    return detector_that(folder, *preparation, f'yield KIND.found(item.here(), detail=phrase("{{value}}", value={expression}))', "return")
