import os
from pathlib import Path

import pytest

from gifthorse.inspect.engine import Options, inspect
from gifthorse.inspect.rules import compiling
from gifthorse.inspect.rules.compiling import RuleText, compiled, fingerprint, texts_in
from gifthorse.inspect.rules.scanning import Scan
from gifthorse.model.errors import NotAccepted
from gifthorse.model.findings import Severity

RULE = 'rule hello { meta: description = "greets" severity = "high" strings: $a = "hello" condition: $a and filename == "a.txt" }\n'


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "greeting.yar").write_text(RULE)
    return folder


def test_rules_of_the_user_find_and_are_named(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello\n")
    inspection = inspect(str(tmp_path / "a.txt"), options=Options(rules=(str(rules),)))
    (finding,) = [finding for finding in inspection.findings if finding.id == "rules.match"]
    assert finding.severity is Severity.HIGH
    assert finding.detail is not None
    assert finding.detail.in_english() == "Your rule hello of greeting.yar fits. greets"
    assert (finding.evidence[0].offset, finding.evidence[0].length) == (0, 5)


def test_other_rules_give_another_name_to_the_rule_set(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("nothing\n")
    with_them = inspect(str(tmp_path / "b.txt"), options=Options(rules=(str(rules),))).engine.rules
    without = inspect(str(tmp_path / "b.txt")).engine.rules
    assert with_them != without
    assert with_them.startswith(without)


def test_a_mistake_in_a_rule_is_told_with_file_and_line(rules: Path, tmp_path: Path) -> None:
    (rules / "wrong.yar").write_text("rule fine { condition: true }\nrule wrong { condition: $missing }\n")
    (tmp_path / "a.txt").write_text("hello\n")
    with pytest.raises(NotAccepted, match=r"wrong\.yar, line 2: unknown pattern"):
        inspect(str(tmp_path / "a.txt"), options=Options(rules=(str(rules),)))


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotAccepted, match="no rule files"):
        texts_in([str(tmp_path)])
    with pytest.raises(NotAccepted, match="can't be read"):
        texts_in([str(tmp_path / "nowhere.yar")])


def test_the_fingerprint_changes_with_a_letter() -> None:
    one, two = RuleText(name="a", text="x"), RuleText(name="a", text="y")
    assert fingerprint([one]) != fingerprint([two])
    assert fingerprint([one, two]) != fingerprint([two, one])


def test_compiled_rules_are_kept_and_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = str(tmp_path / "kept")
    monkeypatch.setattr(compiling, "_cache_place", lambda _key: place)
    text = [RuleText(name="a", text='rule r { strings: $a = "needle" condition: $a }')]
    compiled(text)
    assert os.stat(place).st_mode & 0o777 == 0o600
    assert [hit.rule for hit in Scan(compiled(text)).hits(b"a needle")] == ["r"]


def test_a_damaged_or_foreign_kept_copy_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "kept"
    monkeypatch.setattr(compiling, "_cache_place", lambda _key: str(place))
    text = [RuleText(name="a", text="rule r { condition: true }")]
    place.write_bytes(b"not rules")
    assert [hit.rule for hit in Scan(compiled(text)).hits(b"x")] == ["r"]
    place.chmod(0o666)
    assert compiling._kept(str(place)) is None
