"""The report as one page."""

import base64
import hashlib
import itertools
import re
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest

from gifthorse.inspect.report import as_html
from gifthorse.inspect.report.occasion import Occasion
from tests.samples import inspections

ALL = (
    inspections.camera_card,
    inspections.dangerous_stick,
    inspections.encrypted_archive,
    inspections.hostile_names,
    inspections.nothing_read,
    lambda: inspections.many_contents(2_000),
)
VOID = {"meta", "br", "path", "circle", "rect", "line"}


class Page(HTMLParser):
    """What a browser would make of the page: its elements, their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def page(inspection, **more) -> Page:
    return Page(as_html.render(inspection, Occasion(**more)))


@pytest.mark.parametrize("made", ALL)
def test_every_element_is_closed_in_order_and_every_id_is_there_once(made):
    shown = page(made())
    assert shown.open == []
    ids = [attributes["id"] for _, attributes in shown.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("made", ALL)
def test_nothing_in_the_page_can_run_or_load(made):
    shown = page(made())
    tags = {tag for tag, _ in shown.tags}
    assert not tags & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "input",
        "foreignobject",
        "use",
        "image",
        "animate",
        "set",
    }
    for _, attributes in shown.tags:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "srcdoc", "action", "xlink:href"}]
        assert (attributes.get("href") or "#").startswith("#")


def test_the_policy_lets_in_only_the_style_that_is_inside():
    text = as_html.render(inspections.camera_card())
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(a["content"] for t, a in Page(text).tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("made", ALL)
def test_headings_come_in_order_and_landmarks_are_there(made):
    shown = page(made())
    levels = [int(tag[1]) for tag, _ in shown.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following <= level + 1 for level, following in itertools.pairwise(levels))
    assert {"header", "main", "nav", "footer"} <= {tag for tag, _ in shown.tags}


@pytest.mark.parametrize("made", ALL)
def test_every_link_leads_to_a_place_in_the_page(made):
    shown = page(made())
    ids = {attributes.get("id") for _, attributes in shown.tags}
    assert [a["href"] for t, a in shown.tags if t == "a" and a["href"].removeprefix("#") not in ids] == []


def test_names_made_to_break_the_page_stay_text():
    text = as_html.render(inspections.hostile_names())
    assert "<script" not in text
    assert "<img" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.txt" in text
    assert "{{ 7 * 7 }}" in text
    assert "\u202e" not in text
    assert "\\u{202E}" in text
    assert "x" * 200 not in text
    assert not [c for c in text if not c.isprintable() and c != "\n"]


def test_the_dangerous_stick_is_told_whole():
    text = " ".join(page(inspections.dangerous_stick()).texts)
    words = " ".join(text.split())
    for told in (
        "This holds something that can harm the computer that opens it.",
        "A reprogrammed controller can’t be seen from its content",
        "A program that poses as a picture",
        "None is known for a gift.",
        "T1036.008 Masquerade File Type",
        "executable.disguised@1",
        "almost certain",
        "DCIM/holiday.zip > IMG_0042.jpg",
        "from byte 76 (0x4C)",
        "on the medium at 5,308,492 (0x51004C)",
        "xxd -s 5308492 -l 212 fair-stick.img",
        "Its type is 0x1B (hidden FAT32); it holds 3 files.",
        "Reader broke down",
        "confined by no-new-privs, rlimits, landlock, seccomp",
        "gifthorse inspect fair-stick.img --json",
        inspections.sha256("stick"),
    ):
        assert told in words


def test_an_unconfined_inspection_says_so_in_the_page():
    assert "NOT confined" in as_html.render(inspections.encrypted_archive())


def test_a_date_is_shown_in_the_zone_it_was_given_in():
    moment = datetime(2026, 11, 22, 10, 30, tzinfo=timezone(timedelta(hours=1), "CET"))
    text = as_html.render(inspections.camera_card(), Occasion(inspected_at=moment))
    assert '<time datetime="2026-11-22T10:30:00+01:00">2026-11-22 10:30 CET</time>' in text
    assert "<time" not in as_html.render(inspections.camera_card())


def test_all_words_pass_through_the_translation_and_no_name_of_a_file_does():
    def shouted(message: str) -> str:
        seen.append(message)
        return re.sub(r"\{\w+\}|[^{}]+", lambda m: m.group() if m.group().startswith("{") else m.group().upper(), message)

    seen: list[str] = []
    shown = page(inspections.dangerous_stick(), translate=shouted, language="de")
    words = " ".join(" ".join(shown.texts[shown.texts.index("Take") if "Take" in shown.texts else 0 :]).split())
    assert "THIS HOLDS SOMETHING THAT CAN HARM" in words
    assert "WHAT WE COULD NOT SEE" in words
    assert "Product brochure 2026.pdf.lnk" in words
    assert not [message for message in seen if "holiday.zip" in message or "fair-stick" in message]
    assert not re.search(r"\b(Findings|Where|Technique|deleted|Partition)\b", words.split("}", 1)[-1].rsplit("}", 1)[-1])


def test_a_right_to_left_language_turns_the_page():
    tag, attributes = page(inspections.camera_card(), language="ar", direction="rtl").tags[0]
    assert (tag, attributes) == ("html", {"lang": "ar", "dir": "rtl"})


def test_fifty_thousand_contents_stay_a_page():
    text = as_html.render(inspections.many_contents(50_000))
    assert len(text) < 2_000_000
    assert "more places are in the JSON form of this report" in text


@pytest.mark.parametrize("name", ["verdict", "findings", "map", "tree", "coverage", "record"])
def test_a_section_stands_alone_with_headings_at_the_level_asked_for(name):
    text = as_html.section(name, inspections.dangerous_stick(), level=3)
    shown = Page(text)
    assert shown.open == []
    assert text.strip().startswith("<section")
    assert min(int(tag[1]) for tag, _ in shown.tags if re.fullmatch(r"h[1-6]", tag)) == 3


def test_the_same_inspection_gives_the_same_page():
    occasion = Occasion(inspected_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    assert as_html.render(inspections.dangerous_stick(), occasion) == as_html.render(inspections.dangerous_stick(), occasion)
