"""The texts that are to be translated."""

import string

from gifthorse.brief.blocks import library
from gifthorse.brief.duties.packs import packs
from gifthorse.brief.messages import messages


def test_every_text_of_the_data_is_handed_out_once():
    told = list(messages())
    assert len(told) == len(set(told))
    assert {sentence for block in library().blocks for sentence in block.sentences} <= set(told)
    assert {rule.answer for pack in packs().values() for rule in pack.rules} <= set(told)
    assert {field for pack in packs().values() for rule in pack.rules for field in rule.fields} <= set(told)


def test_every_text_can_be_filled_in():
    for text in messages():
        assert all(field is None or field.isidentifier() for _, field, _, _ in string.Formatter().parse(text)), text
