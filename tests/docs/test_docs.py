"""The documentation names everything that there is, and its generated parts are current."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gifthorse.model.roles import Role
from gifthorse.model.tactics import catalogue

ROOT = Path(__file__).resolve().parent.parent.parent


def headings(page: str) -> set[str]:
    return set(re.findall(r"^#+ `([^`]+)`", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE))


def test_generated_parts_are_current() -> None:
    run = subprocess.run([sys.executable, "-m", "docs.generate", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_finding_has_its_heading() -> None:
    from gifthorse.inspect.registry import kinds

    assert headings("findings.md") == {kind.id for kind in kinds()}


def test_every_role_and_tactic_has_its_heading() -> None:
    assert headings("roles.md") == {role.value for role in Role}
    assert headings("tactics.md") == {tactic.id for tactic in catalogue().tactics}


def test_every_command_and_option_is_documented() -> None:
    from gifthorse.cli import help_of_every_command

    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert headings("commands.md") == set(help_of_every_command())
    for name, explained in help_of_every_command().items():
        for option in re.findall(r"--[a-z-]+", explained):
            assert option in text, f"{option} of {name}"


READ = re.compile(r"""(?:environ(?:ment)?\.get\(|\b(?:number|words|choice)\(|envvar=)"([A-Z][A-Z_]+)\"""")


def test_every_variable_that_the_code_reads_is_a_documented_setting() -> None:
    names = {name for path in (ROOT / "src").rglob("*.py") for name in READ.findall(path.read_text(encoding="utf-8"))}
    assert len(names) >= 10
    assert names == headings("settings.md")


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md")))
def test_a_decision_is_short_and_says_what_would_change_our_mind(page: str) -> None:
    text = (ROOT / "docs" / "decisions" / page).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    assert re.match(r"# \d+\. ", text)
    assert "What would change our mind" in text


def test_decisions_are_numbered_without_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_dependency_has_its_two_lines() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    record = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"]:
        name = re.split(r"[\[>=<]", requirement)[0]
        assert f"**{name}**" in record, name


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:")):
                assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_no_file_is_longer_than_three_hundred_lines_or_named_for_nothing() -> None:
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]:
        if "migrations" in path.parts:
            continue
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path
        assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}, path
