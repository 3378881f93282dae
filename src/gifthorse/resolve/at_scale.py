"""The same links through Splink on DuckDB, for pools that are large (the optional extra ``large``).

Splink blocks and weighs in SQL with settings that are generated from the same `weights.json`; what its sum leaves above the queue is
weighed again by `comparing`, which alone knows term frequencies over sets of spellings, limits and reasons. Splink's sum is never below
ours, because it takes every name that shares a key to be as rare as a name can be, and everything else to be unshared; so both routes
give the same pairs with the same bits - but for a pair that meets through a weak identifier only and whose names have every part
mistyped, which Splink's settings can't see.

What it brings, measured on 100,000 contacts: nothing. The pairs are all the same; 22 s of processor and 1.1 GB against 19 s and 0.5 GB
by the own route (both beside the same index, which stays in memory). It is here for whoever wants to check the model with a library
that others have reviewed, or to see it in that library's charts.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_
from gifthorse.resolve.comparing import ALIKE_PICTURE, SAME_PICTURE, VALUE_LEVELS
from gifthorse.resolve.fingerprints import text_bands
from gifthorse.resolve.linking import ContactIndex, Suggestion, weighed
from gifthorse.resolve.prepared import Prepared
from gifthorse.resolve.weights import LevelWeight, levels, posterior, weights

TABLE: Final = "gifthorse_contacts"
LISTS: Final = ("block", *VALUE_LEVELS, "name_key", "employer", "employer_word", "event", "introducer", "message_band")
ROUNDING: Final = 1e-6  # bits by which Splink's floating point may fall short


def linked_at_scale(index: ContactIndex) -> list[Suggestion]:
    """What `linking.linked` gives, pair by pair and bit by bit; raises NotAccepted when the extra ``large`` isn't installed."""
    try:
        from splink import DuckDBAPI, Linker
    except ImportError as missing:
        raise NotAccepted(
            N_("Linking at this scale needs the optional part “large”. Please install it: pip install gifthorse[large]")
        ) from missing
    if len(index) < 2:
        return []
    table = DuckDBAPI().register(_table(index), table_name=TABLE)
    linker = Linker(table, splink_settings(), log_level=None)
    least = weights().queue_bits - ROUNDING
    found = linker.inference.predict(threshold_match_probability=posterior(least), warning_mode="never")
    pairs = found.as_dict()
    return weighed(zip(pairs["unique_id_l"], pairs["unique_id_r"], strict=True), index)


def splink_settings() -> dict[str, Any]:
    """Settings for Splink in which every level has the m and u of `weights.json`, and names the most that they may add."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 1 / weights().prior.one_in,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.block = r.block", "arrays_to_explode": ["block"], "sql_dialect": "duckdb"}
        ],
        "comparisons": list(_comparisons()),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _comparisons() -> Iterator[dict[str, Any]]:
    by_comparison: dict[str, list[dict[str, Any]]] = {}
    for kind, (comparison, level) in VALUE_LEVELS.items():
        by_comparison.setdefault(comparison, []).append(_level(_shares(kind), levels()[comparison, level]))
    for comparison, found in by_comparison.items():
        columns = [kind for kind, (of, _) in VALUE_LEVELS.items() if of == comparison]
        yield _comparison(comparison, columns, found)
    differing = "bit_count(xor(portrait_l, portrait_r))"
    pictures = [(f"{differing} <= {SAME_PICTURE}", "same"), (f"{differing} <= {ALIKE_PICTURE}", "alike")]
    yield _comparison("portrait", ["portrait"], [_level(sql, levels()["portrait", level]) for sql, level in pictures])
    yield _comparison("name", ["name_key"], [{"sql_condition": _shares("name_key"), **_as_probabilities(weights().names_at_most.bits)}])
    employers = [
        _level(_shares("employer"), levels()["employer", "same"]),
        _level(_shares("employer_word"), levels()["employer", "alike"]),
        _level("employer_script_l = employer_script_r AND employer_script_l <> ''", levels()["employer", "other"]),
    ]
    yield _comparison("employer", ["employer", "employer_word", "employer_script"], employers)
    yield _comparison("event", ["event"], [_level(_shares("event"), levels()["event", "same"])])
    yield _comparison("introducer", ["introducer"], [_level(_shares("introducer"), levels()["introducer", "same"])])
    messages = [
        _level(_shares("message_band"), levels()["message", "same"]),
        _level("message_band_l IS NOT NULL", levels()["message", "alike"]),
    ]
    yield _comparison("message", ["message_band"], messages)


def _comparison(name: str, columns: list[str], found: list[dict[str, Any]]) -> dict[str, Any]:
    missing = " AND ".join(f"({column}_l IS NULL OR {column}_r IS NULL)" for column in columns)
    nothing = {"sql_condition": "ELSE", "m_probability": 0.5, "u_probability": 0.5, "label_for_charts": "adds nothing"}
    levels_of_it = [{"sql_condition": missing, "is_null_level": True, "label_for_charts": "not known"}, *found, nothing]
    return {"output_column_name": name, "comparison_levels": levels_of_it}


def _level(condition: str, level: LevelWeight) -> dict[str, Any]:
    return {"sql_condition": condition, "m_probability": level.m, "u_probability": level.u, "label_for_charts": level.reason}


def _as_probabilities(bits: float) -> dict[str, Any]:
    return {"m_probability": 0.5, "u_probability": 0.5 / 2.0**bits, "label_for_charts": "the names share a part"}


def _shares(column: str) -> str:
    return f"list_has_any({column}_l, {column}_r)"


def _table(index: ContactIndex) -> Any:
    """An Arrow table of the contacts. Empty lists are NULL: a side that says nothing adds nothing."""
    pyarrow = import_module("pyarrow")  # comes with splink; has no types

    columns: dict[str, list[Any]] = {column: [] for column in ("unique_id", *LISTS, "portrait", "employer_script")}
    for contact in index.population.contacts.values():
        row = {"unique_id": contact.id, "block": [key for key, _ in index.open_blocks(contact)] or None, **_row(contact)}
        for column, value in row.items():
            columns[column].append(value)
    texts = pyarrow.list_(pyarrow.string())
    types = {
        **dict.fromkeys(columns, texts),
        "unique_id": pyarrow.string(),
        "employer_script": pyarrow.string(),
        "portrait": pyarrow.int64(),
    }
    return pyarrow.table({column: pyarrow.array(values, type=types[column]) for column, values in columns.items()})


def _row(contact: Prepared) -> dict[str, Any]:
    values: dict[str, list[str]] = {kind: [] for kind in VALUE_LEVELS}
    for value in sorted(contact.values):
        kind, _, text = value.partition(":")
        values[kind].append(text)
    scripts = {employer.script for employer in contact.employers}
    rest = {
        "name_key": sorted({key for name in contact.names for part in name.parts for key in (part.keys | part.heard | part.sounds)}),
        "employer": sorted(contact.employer_keys),
        "employer_word": sorted(contact.employer_words),
        "event": sorted(contact.events),
        "introducer": sorted(contact.introducers),
    }
    lists = {column: found or None for column, found in (values | rest).items()}
    lists["message_band"] = text_bands(contact.message) if contact.message else None
    portrait = None if contact.portrait is None else contact.portrait - ((contact.portrait >> 63) << 64)  # the same bits, signed
    return {**lists, "portrait": portrait, "employer_script": str(scripts.pop()) if len(scripts) == 1 else ""}
