"""Modules of the rooms that read no bytes from outside, and why; and parsers of which the seeds run through less than usual."""

from typing import Final

# A whole package is named by its own name.
NOT_PARSERS: Final[dict[str, str]] = {
    # inspect: the coordinator's side, which hands bytes on without looking into them
    "inspect.alarm": "rings after a time",
    "inspect.batches": "groups what is to be done",
    "inspect.confine": "locks, processes and limits; what a worker says is decoded by messages.py, which has the targets coordinator.*",
    "inspect.detectors.budget_exceeded": "words for what others found",
    "inspect.detectors.parser_crashed": "words for what others found",
    "inspect.device_folders": "opens sysfs folders; their bytes go to the target usb.folder",
    "inspect.documents.preload": "imports",
    "inspect.duties": "walks and examines by the modules that have targets",
    "inspect.engine": "runs workers",
    "inspect.engine_fingerprint": "hashes our own files",
    "inspect.fingerprint": "hashes",
    "inspect.keyed_digest": "hashes",
    "inspect.late_digests": "remembers what is to be hashed; what a worker says of it is held against that in tests/inspect/test_late_digests.py",
    "inspect.outcomes": "sends what was found",
    "inspect.parts": "puts the parts of a split image side by side",
    "inspect.relatives": "puts a disk and its parent side by side",
    "inspect.report": "writes reports; tests/inspect/report feeds it hostile names",
    "inspect.safe_copy.making": "runs workers",
    "inspect.safe_copy.writing": "writes what safe_copy.checks let through",
    "inspect.sources": "opens what the officer named",
    "inspect.unseen_partitions": "words for what others found",
    "inspect.verdict_cache": "reads what it wrote itself",
    "inspect.volumes": "opens filesystems by the modules that have targets",
    "inspect.walk.folder": "lists a folder through the kernel",
    "inspect.work_list": "hands out work",
    # brief: advice composed of our own blocks
    "brief.clauses": "composes",
    "brief.composed": "composes",
    "brief.composing": "composes",
    "brief.conditions": "composes",
    "brief.duties.calendar": "writes a calendar",
    "brief.duties.calendar_feed": "writes a calendar",
    "brief.duties.deciding": "applies rules to facts",
    "brief.duties.events": "applies rules to facts",
    "brief.duties.of_trip": "applies rules to facts",
    "brief.facts": "applies rules to facts",
    "brief.itinerary.ready": "imports",
    "brief.itinerary.zone_by_place": "reads our own table",
    "brief.messages": "lists texts",
    "brief.output": "writes briefs",
    "brief.place": "composes",
    "brief.place_section": "composes",
    "brief.trip_facts": "applies rules to facts",
    # report: answers of forms, one value at a time; hypothesis drives them in tests/report
    "report.answering": "values of a form",
    "report.answers": "values of a form",
    "report.case_facts": "writes exports",
    "report.case_misp": "writes exports",
    "report.case_paper": "writes exports",
    "report.case_stix": "writes exports",
    "report.colleague_concern": "values of a form",
    "report.gift": "values of a form",
    "report.handed_in": "values of a form",
    "report.messages": "lists texts",
    "report.observing": "values of a form",
    "report.questions": "values of a form",
    "report.rates": "arithmetic",
    "report.subject_access": "composes",
}

# Modules with a small reader among much else: the target runs the reader, the rest is tested by itself.
BESIDE_OTHER_WORK: Final[dict[str, str]] = {
    "brief.advice.confined": "imports, beside the reader of bundles (brief.advice-bundle)",
    "brief.blocks": "composes, beside the reader of blocks (rooms.settings)",
    "brief.duties.packs": "applies rules, beside the reader of packs (rooms.settings)",
    "inspect.clamd": "a conversation, beside the reader of its answers (scanner.answers)",
    "inspect.content": "files and extents through the kernel, beside contents in memory",
    "inspect.photographs": "a process and its lock, beside the decoder and the look at its answer (photographs, safe-copy.answers)",
    "inspect.registry": "a table of detectors",
    "inspect.rules.compiling": "compiles rules, beside the own rules that worker.* run",
    "report.favour_policy": "applies the policy, beside its reader (rooms.settings)",
    "report.interview": "asks, beside its reader (rooms.settings)",
    "report.retention": "applies the schedule, beside its reader (rooms.settings)",
}

# The least share of lines where no small seed made by code reaches more.
LESS: Final[dict[str, float]] = {
    "inspect.detectors.origin_zone_note": 0.25,
    "inspect.formats.random_looking": 0.3,  # 64 KiB of random bytes: too long a seed
    "inspect.detectors.layout_hidden_program": 0.0,  # hears of headers in gaps from the layout, which has its target
    "inspect.detectors.pdf_encrypted": 0.3,
    "inspect.detectors.usb_charger_with_data": 0.1,  # what a device is called comes with the listing; usb.listing damages that
    "inspect.detectors.usb_hub_in_stick": 0.3,
    "inspect.detectors.usb_reenumeration": 0.05,  # a device that changes: two captures in one
    "inspect.detectors.usb_storage_and_keyboard": 0.3,
    "inspect.detectors.walk_deleted_executable": 0.2,
    "inspect.safe_copy.office.fallback_letters": 0.1,  # letters of scripts that the built-in fonts lack
    "inspect.safe_copy.office.standing_in": 0.3,
}
