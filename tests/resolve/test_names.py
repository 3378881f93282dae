"""Spellings of one name, and names that only look alike, in many scripts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.resolve.names.likeness import NameLevel, compared
from gifthorse.resolve.names.reading import taken_apart
from tests.resolve.namings import CULTURES, bearer

FULL = {NameLevel.SAME, NameLevel.VARIANT}

ONE_NAME = [
    ("Teng Hsiao-hung", "Deng Xiaohong"),
    ("鄧小紅", "Deng Xiaohong"),
    ("陈伟明", "Chan Wai Ming"),
    ("林志强", "Lim Chee Keong"),
    ("曾国强", "Zeng Guoqiang"),
    ("欧阳文杰", "Ouyang Wenjie"),
    ("김수빈", "Soo-bin Kim"),
    ("Rhee Young-hee", "이영희"),
    ("Min Jun Ryu", "류민준"),
    ("サトウ ジュン", "Jun Satoh"),
    ("おおの けんじ", "Kenzi Ohno"),
    ("Duc Nguyen Van", "Nguyễn Văn Đức"),
    ("عبد الرحمن خليل", "Abdulrahman Khalil"),
    ("Abd al-Rahman Khalil", "Abdur Rahman Khaleel"),
    ("Youssef Elsayed", "Yusuf el-Sayed"),
    ("پرویز مرادی", "Parviz Moradi"),
    ("علی رضایی", "Ali Rezaei"),
    ("יוסף מזרחי", "Yosef Mizrachi"),
    ("Пётр Чайковой", "Pyotr Tchaikovoy"),
    ("Сергей Щукин", "Sergej Schtschukin"),
    ("Володимир Шевченко", "Vladimir Shevchenko"),
    ("Olga Kuznetsova", "Ольга Кузнецов"),
    ("Αλέξανδρος Παπαδόπουλος", "Alexandros Papadopoulos"),
    ("सुरेश कुमार", "Suresh Kumar"),
    ("சுரேஷ் குமார்", "Suresh Kumar"),
    ("Laxmi Iyer", "Lakshmi Aiyer"),
    ("გიორგი მაისურაძე", "Giorgi Maisuradze"),
    ("Bob Loxley", "Robert Loxley"),
    ("Jörg Müller", "Mueller, Joerg"),
    ("Jean-Luc Dupont", "Jean Luc Dupont"),
    ("Mehmet Öztürk", "Mehmed Ozturk"),
    ("Emeka Okafor", "Chukwuemeka Okafor"),
    ("Dr. Anna van der Berg", "Anna Berg"),
    ("Falkenrath, Katharina", "Katharina Falkenrat h".replace(" h", "h")),
]
TWO_NAMES = [
    ("Wang Wei", "Wang Min"),
    ("Chen Jing", "Chan Chun"),
    ("Li Na", "Li Nan"),
    ("Kim Min-jun", "Kim Min-ji"),
    ("Tanaka Taro", "Tanaka Jiro"),
    ("John Loxley", "Joan Loxley"),
    ("Martin Müller", "Martina Müller"),
    ("Daniel Weber", "Daniela Weber"),
    ("Maria Garcia", "Mario Garcia"),
    ("Hassan Ali", "Hussein Ali"),
    ("Mahmoud Hassan", "Mohamed Hassan"),
    ("Сергей Иванов", "Андрей Иванов"),
    ("Nguyen Van Hung", "Nguyen Van Huy"),
    ("Kwame Mensah", "Kofi Mensah"),
    ("Tina Pan", "Dina Ban"),
    ("כהן דוד", "Cohen Dana"),
    ("Nagy László", "Nagy Lajos"),
]


def level(one: str, other: str) -> NameLevel:
    return compared(taken_apart(one), taken_apart(other)).level


@pytest.mark.parametrize(("one", "other"), ONE_NAME, ids=[f"{number}" for number in range(len(ONE_NAME))])
def test_two_spellings_of_one_name_are_the_same_name(one: str, other: str) -> None:
    assert level(one, other) in FULL


@pytest.mark.parametrize(("one", "other"), TWO_NAMES, ids=[f"{number}" for number in range(len(TWO_NAMES))])
def test_relatives_and_namesakes_are_told_apart(one: str, other: str) -> None:
    assert level(one, other) in {NameLevel.PART, NameLevel.DIFFERENT}


def test_characters_that_may_be_japanese_or_korean_are_not_judged() -> None:
    assert level("田中太郎", "Tanaka Taro") is NameLevel.UNTOLD
    assert level("金民俊", "김민준") is NameLevel.UNTOLD
    assert level("王伟", "Peter Falkenrath") is NameLevel.DIFFERENT


def test_a_left_out_patronymic_an_initial_and_a_single_name_have_levels_of_their_own() -> None:
    assert level("Sergey Ivanovich Petrov", "Sergei Petrov") is NameLevel.WITHIN
    assert level("J. Loxley", "John Loxley") is NameLevel.INITIALS
    assert level("J. Loxley", "Susan Loxley") is NameLevel.PART
    assert level("Suharto", "Soeharto") is NameLevel.SINGLE
    assert level("Anna", "Anna Berg") is NameLevel.ONE_NAME
    assert level("", "Anna Berg") is NameLevel.MISSING


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_compare_the_same_in_both_directions(one: str, other: str) -> None:
    assert compared(taken_apart(one), taken_apart(other)) == compared(taken_apart(other), taken_apart(one))


@settings(max_examples=60)
@given(st.sampled_from(sorted(CULTURES)), st.randoms(use_true_random=False), st.integers(0, 2), st.integers(0, 2))
def test_names_of_all_cultures_compare_the_same_in_both_directions(culture: str, chance, one: int, other: int) -> None:
    left, right = bearer(culture, chance), bearer(culture, chance)
    assert level(left.written(one), right.written(other)) == level(right.written(other), left.written(one))


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "😀", "\u202e\u200f", "١٢٣", "-", "'", "x" * 100_000, "ab" * 50_000, "王" * 5000, "a-" * 9000, "\ud800"],
    ids=range(13),
)
def test_what_is_no_name_ends_without_harm(text: str) -> None:
    found = taken_apart(text)
    assert len(found.parts) <= 8
    assert compared(found, found).level in {NameLevel.MISSING, NameLevel.SAME, NameLevel.SINGLE, NameLevel.DIFFERENT}


def test_marks_of_direction_and_controls_change_nothing() -> None:
    assert taken_apart("\u202eAnna\u200f \x07Berg") == taken_apart("Anna Berg")
