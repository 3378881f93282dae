"""Every detector, by name: one file per finding id (or per family that comes out of one parse), listed here and nowhere else.

A detector module has ``KINDS``, the FindingKinds it can find (their ids are its headings in docs/findings.md), and any of:
- ``examine(item) -> Iterator[Finding]``, run in the confined worker on each item whose type is in ``WANTS``, or on all when it is None;
- ``about(item) -> dict[str, str]``, small facts of an item that go into ``Seen.about`` for the whole-medium detectors;
- ``examine_medium(seen) -> Iterator[Finding]``, run once on the facts about everything that was met;
- ``examine_partitions(seen, partitions) -> Iterator[Finding]``, the same with the partitions of the medium.
Modules without these hold the words of findings that the layout reader, the walkers, the unpackers and the engine make themselves.

The modules are imported when one of the tables is first asked for, so that commands that never inspect do not pay for parsers.
"""

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

from gifthorse.model.findings import FindingKind

NAMES: Final = (
    "archive_bomb",
    "archive_encrypted",
    "archive_hidden_member",
    "archive_link",
    "archive_password_beside",
    "archive_password_in_name",
    "archive_traversal",
    "autorun_desktop_entry",
    "autorun_inf",
    "autorun_registry",
    "autorun_remote_icon",
    "budget_exceeded",
    "camera_foreign_file",
    "container_disk_image",
    "container_mark_of_web_bypass",
    "executable_app_package",
    "executable_disguised",
    "executable_in_camera_folder",
    "executable_installer",
    "executable_present",
    "executable_rare_launcher",
    "help_chm",
    "html_hidden_page",
    "html_smuggling",
    "image_bomb",
    "layout_backup_differs",
    "layout_gap_with_data",
    "layout_hidden_partition",
    "layout_hidden_program",
    "layout_overlap",
    "layout_size_mismatch",
    "mail_dangerous_attachment",
    "name_bidi_override",
    "name_double_extension",
    "name_invisible_character",
    "name_look_alike",
    "name_padded",
    "name_program_twin",
    "name_shell_class",
    "office_addin",
    "office_dde",
    "office_embedded_object",
    "office_encrypted",
    "office_formula",
    "office_macro",
    "office_remote_template",
    "office_xlm",
    "onenote_embedded_file",
    "origin_zone_note",
    "parser_crashed",
    "pdf_embedded_file",
    "pdf_encrypted",
    "pdf_javascript",
    "pdf_launch",
    "rules_match",
    "script_obfuscated",
    "script_present",
    "shortcut_command",
    "shortcut_folder_disguise",
    "shortcut_remote",
    "shortcut_target_on_medium",
    "signature_present",
    "svg_script",
    "type_appended_data",
    "type_mismatch",
    "type_polyglot",
    "usb_charger_with_data",
    "usb_hub_in_stick",
    "usb_keystroke_injection",
    "usb_known_attack_id",
    "usb_reenumeration",
    "usb_storage_and_keyboard",
    "usb_storage_and_network",
    "walk_deleted_executable",
    "walk_hidden_from_walker",
    "walk_unreadable",
)

ITEM_DETECTORS: tuple[ModuleType, ...]
MEDIUM_DETECTORS: tuple[ModuleType, ...]
PARTITION_DETECTORS: tuple[ModuleType, ...]
DESCRIBERS: tuple[ModuleType, ...]
ALL_KINDS: tuple[FindingKind, ...]


def __getattr__(name: str) -> tuple[ModuleType, ...] | tuple[FindingKind, ...]:
    """The tables, filled when they are first asked for (PEP 562)."""
    if name == "ITEM_DETECTORS":
        return _with("examine")
    if name == "MEDIUM_DETECTORS":
        return _with("examine_medium")
    if name == "PARTITION_DETECTORS":
        return _with("examine_partitions")
    if name == "DESCRIBERS":
        return _with("about")
    if name == "ALL_KINDS":
        return _kinds()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(import_module(f"{__name__}.{name}") for name in NAMES)


@cache
def _with(function: str) -> tuple[ModuleType, ...]:
    return tuple(module for module in _modules() if hasattr(module, function))


@cache
def _kinds() -> tuple[FindingKind, ...]:
    return tuple(kind for module in _modules() for kind in module.KINDS)
