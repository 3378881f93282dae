"""Chinese: Mandarin readings of characters, and which Mandarin reading a Latin spelling may stand for.

Passports and cards are written in pinyin, in Wade-Giles (here by rule, without its apostrophes) and by the sound of Cantonese and Min
(by a table in `data/chinese_spellings.json`). Tones are never compared.
"""

import json
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Final

from gifthorse.resolve.listed import listed

MOST_READINGS: Final = 16
LONGEST_SYLLABLE: Final = 6

# Every initial with the finals it takes ("-" is none)
SYLLABLES: Final = {
    "-": "a ai an ang ao e ei en eng er o ou yi ya yao ye you yan yin yang ying yong yo yu yue yuan yun wu wa wo wai wei wan wen wang weng",
    "b": "a o ai ei ao an en ang eng i iao ie ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i iao ie ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i iao ie iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia iao ie iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i iao ie ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i iao ie iu ian in iang ing u uo uan v ve",
    "l": "a e ai ei ao ou an ang eng ong i ia iao ie iu ian in iang ing u uo uan un v ve",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia iao ie iu ian in iang ing iong u ue uan un",
    "q": "i ia iao ie iu ian in iang ing iong u ue uan un",
    "x": "i ia iao ie iu ian in iang ing iong u ue uan un",
    "zh": "i a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "i a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "i a e ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "i e ao ou an en ang eng ong u ua uo ui uan un",
    "z": "i a e ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "i a e ai ao ou an en ang eng ong u uo ui uan un",
    "s": "i a e ai ao ou an en ang eng ong u uo ui uan un",
}
WADE_INITIALS: Final = {"b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "zh": "ch", "z": "ts", "c": "ts", "x": "hs", "r": "j"}
WADE_FINALS: Final = {"ian": "ien", "ie": "ieh", "iong": "iung", "ong": "ung", "ue": "ueh", "ve": "ueh", "v": "u", "iu": "iu"}
WADE_WHOLE: Final = {
    "zhi": "chih",
    "chi": "chih",
    "shi": "shih",
    "ri": "jih",
    "zi": "tzu",
    "ci": "tzu",
    "si": "ssu szu",
    "yi": "i",
    "yan": "yen",
    "ye": "yeh",
    "you": "yu",
    "yong": "yung",
    "yue": "yueh",
    "er": "erh",
    "ge": "ko ke",
    "ke": "ko ke",
    "he": "ho",
    "e": "o",
    "gui": "kuei",
    "kui": "kuei",
    "guo": "kuo",
    "kuo": "kuo",
    "huo": "huo",
    "shuo": "shuo",
    "xu": "hsu",
}
# Characters that are read differently as a family name
FAMILY_READINGS: Final = dict(
    pair.split("=")
    for pair in [
        "单=shan",
        "單=shan",
        "曾=zeng",
        "解=xie",
        "仇=qiu",
        "区=ou",
        "區=ou",
        "查=zha",
        "任=ren",
        "盖=ge",
        "蓋=ge",
        "朴=piao",
        "缪=miao",
        "繆=miao",
        "翟=zhai",
        "乐=yue",
        "樂=yue",
        "员=yun",
        "冼=xian",
        "洗=xian",
        "覃=qin",
        "种=chong",
        "黑=he",
        "秘=bi",
        "折=she",
        "召=shao",
        "尹=yin",
        "葛=ge",
        "卜=bu",
        "车=che",
        "車=che",
        "万=wan",
        "萬=wan",
        "沈=shen",
        "宁=ning",
        "寧=ning",
        "俞=yu",
        "褚=chu",
        "纪=ji",
        "紀=ji",
        "石=shi",
        "贾=jia",
        "賈=jia",
        "薄=bo",
        "强=qiang",
        "繁=po",
        "瞿=qu",
        "华=hua",
        "華=hua",
        "盛=sheng",
        "燕=yan",
    ]
)
# Characters that names use in two readings; all others are read in the commonest
TWO_READINGS: Final = frozenset("乐樂长長朝重行曾单單解盛传傳藏兴興和华華")
DOUBLE_FAMILY_NAMES: Final = frozenset(
    listed("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 长孙 長孫 宇文 端木 东方 東方 南宫 南宮")
)
FAMILY_PINYIN: Final = frozenset(
    listed(
        "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang "
        "deng han feng cao peng "
        "zeng xiao tian dong yuan pan yu jiang cai du ye cheng su wei lv ding ren yao lu shen zhong cui tan fan jin shi "
        "liao jia xia fu fang "
        "bai zou meng xiong qin qiu hou yan xue yin lei long tao he gu mao hao gong shao wan qian dai mo kong xiang chang ou kang shan niu "
        "bi ji qi mei xing ruan zha qiao lai pang chai yue an ge mu tu bao ning ouyang sima situ zhuge shangguan"
    )
)


def readings(character: str) -> tuple[str, ...]:
    """The toneless pinyin of one character, two for the few that names read in two ways; nothing for one that has none."""
    return _readings(character)[: 2 if character in TWO_READINGS else 1]


def family_reading(character: str) -> tuple[str, ...]:
    """The readings of a character as a family name."""
    return (FAMILY_READINGS[character],) if character in FAMILY_READINGS else readings(character)


@lru_cache(maxsize=16384)
def pinyin_behind(spelling: str) -> frozenset[str]:
    """The pinyin, of one to three syllables and at most MOST_READINGS, that a lower-case Latin *spelling* may stand for.

    Each system is read on its own: nobody writes half a name in pinyin and half in Wade-Giles.
    """
    found: set[str] = set()
    for system in _systems():
        found.update(_segmented(spelling, system, 3))
    return frozenset(sorted(found)[:MOST_READINGS])


@lru_cache(maxsize=4096)
def family_behind(spelling: str) -> frozenset[str]:
    """The frequent family names, in pinyin, that a Latin *spelling* may stand for."""
    return pinyin_behind(spelling) & FAMILY_PINYIN


def all_syllables() -> frozenset[str]:
    """Every Latin spelling of one syllable in any of the systems."""
    return frozenset().union(*_systems())


@lru_cache(maxsize=32768)
def _readings(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(reading.replace("ü", "v") for reading in found[0])) if found else ()


def _segmented(spelling: str, system: dict[str, tuple[str, ...]], most: int) -> set[str]:
    found = set(system.get(spelling, ()))
    if most > 1:
        for cut in range(1, min(LONGEST_SYLLABLE, len(spelling) - 1) + 1):
            heads = system.get(spelling[:cut])
            if heads:
                tails = _segmented(spelling[cut:], system, most - 1)
                found.update(head + tail for head, tail in product(heads, tails))
    return found


@lru_cache(maxsize=1)
def _systems() -> tuple[dict[str, tuple[str, ...]], ...]:
    pinyin: dict[str, set[str]] = {}
    wade: dict[str, set[str]] = {}
    for initial, finals in SYLLABLES.items():
        for final in finals.split():
            syllable = final if initial == "-" else initial + final
            for spelling in {syllable, syllable.replace("v", "u"), syllable.replace("v", "yu")}:
                pinyin.setdefault(spelling, set()).add(syllable)
            for spelling in _wade(initial, final, syllable):
                wade.setdefault(spelling, set()).add(syllable)
    table = json.loads((files("gifthorse.resolve") / "data" / "chinese_spellings.json").read_bytes())["spellings"]
    southern: dict[str, set[str]] = {}
    for syllable, spellings in table.items():
        for spelling in spellings.split():
            southern.setdefault(spelling, set()).add(syllable)
    return tuple({spelling: tuple(sorted(names)) for spelling, names in system.items()} for system in (pinyin, wade, southern))


def _wade(initial: str, final: str, syllable: str) -> list[str]:
    if syllable in WADE_WHOLE:
        return WADE_WHOLE[syllable].split()
    if initial == "-":
        return [syllable]
    if final == "uo":
        final = "o"
    return [WADE_INITIALS.get(initial, initial) + WADE_FINALS.get(final, final)]
