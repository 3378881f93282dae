"""The colours of the design: enough contrast for everybody, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from gifthorse.desk.settings import HERE

TEXT = HERE.joinpath("static/desk/tokens.css").read_text(encoding="utf-8")
ON_PAPER = ("ink", "ink-soft", "accent", "accent-strong", "clear", "caution", "dangerous", "hostile")
PAIRS = [(ink, ground, 4.5) for ink in ON_PAPER for ground in ("paper", "sheet", "wash")]
PAIRS += [
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("on-hostile", "hostile-ground", 4.5),
    ("ink", "caution-wash", 4.5),
]
PAIRS += [("accent", "caution-wash", 4.5), ("line-strong", "sheet", 3.0), ("line-strong", "paper", 3.0)]


def tokens(scheme):
    light, _media, dark = TEXT.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_text_stands_out_from_its_ground(scheme, ink, ground, least):
    known = tokens(scheme)
    lighter, darker = sorted((luminance(known[ink]), luminance(known[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_no_colour_stands_outside_the_tokens_but_on_printed_paper():
    sheet = HERE.joinpath("static/desk/desk.css").read_text(encoding="utf-8")
    colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet))
    assert colours <= {"#fff", "#000", "#111", "#333", "#bbb", "#4c535c", "#16191d"}
