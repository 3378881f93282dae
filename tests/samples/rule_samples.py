"""Inert texts and bytes with the marks that our rules look for: addresses that lead nowhere, no working code."""

from typing import Final

from tests.samples import rule_code, rule_commands, rule_files

SAMPLES: Final = rule_commands.SAMPLES | rule_code.SAMPLES | rule_files.SAMPLES
MACROS: Final[dict[str, str]] = {
    "macro_starts_command": 'Shell "cmd /c x", 0',
    "macro_fetches_file": 'Declare Function f Lib "urlmon" Alias "URLDownloadToFileA" ()',
    "macro_runs_machine_code": "Private Declare PtrSafe Function VirtualAlloc Lib x ()\nDeclare PtrSafe Function RtlMoveMemory Lib x ()",
    "macro_writes_and_starts_program": 'p = Environ("TEMP") & "\\a.exe"\nOpen p For Binary As 1\nShell p',
    "macro_copies_itself": "NormalTemplate.VBProject.VBComponents(1).CodeModule.AddFromString s",
    "macro_lowers_protection": 'CreateObject("WScript.Shell").RegWrite "HKCU\\x\\Security\\VBAWarnings", 1',
    "macro_keeps_commands_in_document": 'Shell ActiveDocument.BuiltInDocumentProperties("Comments")',
    "macro_looks_whether_it_is_watched": 'If Application.RecentFiles.Count < 3 Then Exit Sub\nShell "x"',
    "macro_spells_its_words": "a = " + " & ".join("Chr(65)" for _ in range(24)),
    "macro_of_mac_starts_command": 'MacScript("do shell script ""x""")',
}
