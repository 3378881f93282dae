"""A verdict is recalled only by an engine that would come to the same one."""

import shutil
import subprocess
import sys
from pathlib import Path

import gifthorse
from gifthorse.inspect.engine_fingerprint import engine_fingerprint, installed


def test_the_same_engine_with_the_same_settings_has_the_same_fingerprint(tmp_path: Path) -> None:
    rules = tmp_path / "a.yar"
    rules.write_text("rule a { condition: true }")
    assert engine_fingerprint(("x", 1), (str(rules),)) == engine_fingerprint(("x", 1), (str(rules),))
    assert len(engine_fingerprint(None)) == 32


def test_settings_and_the_users_rules_count(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    rules = tmp_path / "deep" / "a.yar"
    prints = []
    for text in ("rule a { condition: true }", "rule b { condition: true }"):
        rules.write_text(text)
        prints += [engine_fingerprint(1, (str(tmp_path),)), engine_fingerprint(2, (str(rules),))]
    prints.append(engine_fingerprint(1))
    assert len(set(prints)) == 5


def test_where_the_rules_lie_does_not_count(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yar").write_text("rule a { condition: true }")
    assert engine_fingerprint(1, (str(tmp_path / "one"),)) == engine_fingerprint(1, (str(tmp_path / "two"),))


def _print_of(source: Path) -> str:
    """The fingerprint as the engine in *source* gives it."""
    program = "from gifthorse.inspect.engine_fingerprint import engine_fingerprint; print(engine_fingerprint(1).hex())"
    made = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(source)}, capture_output=True, text=True, check=True)
    return made.stdout.strip()


def test_a_change_of_the_engines_code_or_rules_counts_and_compiled_code_does_not(tmp_path: Path) -> None:
    source = tmp_path / "src"
    whole = Path(gifthorse.__file__).parent
    for room in ("inspect", "model"):
        shutil.copytree(whole / room, source / "gifthorse" / room, ignore=shutil.ignore_patterns("__pycache__"))
    (source / "gifthorse" / "__init__.py").write_text("")
    before = _print_of(source)
    assert _print_of(source) == before  # by now there is compiled code beside it
    for changed in ("inspect/detectors/name_padded.py", "inspect/rules/pack/lures.yar", "model/words.py"):
        with (source / "gifthorse" / changed).open("a") as file:
            file.write("\n")
        after = _print_of(source)
        assert after != before
        before = after


def test_another_version_of_anything_installed_counts(tmp_path: Path) -> None:
    for name in ("pikepdf-9.1.dist-info", "old-1.egg-info", "pikepdf", "note.txt"):
        (tmp_path / name).mkdir()
    assert installed([str(tmp_path), str(tmp_path / "none")]) == ["old-1.egg-info", "pikepdf-9.1.dist-info"]
