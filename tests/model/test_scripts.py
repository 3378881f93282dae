"""Writing that paper may not show is told from writing that it does."""

import pytest

from gifthorse.model.scripts import may_lack_letters


@pytest.mark.parametrize(
    "text",
    ["Mélanie Dufour-Sørensen", "Τάσος", "Шевчук", "Łódź, 1.900 °C – “x” → 2", "", "½ µm №"],
    ids=["latin", "greek", "cyrillic", "signs", "empty", "more"],
)
def test_what_the_desks_own_fonts_draw_needs_no_word(text):
    assert not may_lack_letters([text])


@pytest.mark.parametrize(
    "text",
    ["小林", "الفاروق", "שלום", "한국", "ไทย", "देव", "カナ"],
    ids=["han", "arabic", "hebrew", "hangul", "thai", "devanagari", "kana"],
)
def test_other_scripts_are_told(text):
    assert may_lack_letters(["Fair in", f"Lyon {text}"])
