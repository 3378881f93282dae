"""Long runs of what patterns repeat, under the heads of every kind of text that is searched."""

MIB = 1 << 20

# What makes patterns that look ahead and back try everything: long runs of what they repeat.
RUNS = (
    " ",
    "[",
    '"',
    "'",
    "(",
    "{",
    "<",
    "<!--",
    "A",
    "QUFB",
    "\\u0041",
    "&#65;",
    "%41",
    "^c",
    "chr(65)+",
    '"a"+',
    "=\n",
    "a.",
    "/",
    "\\",
    "-e ",
    "\t\n",
    "x=",
    "$a",
)


def hostile_text(head: str, run: str, size: int = 2 * MIB) -> bytes:
    return (head + run * (size // len(run))).encode()


HEADS = {
    "html": "<html><script>var a = atob(",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>',
    "xml": "<?xml version='1.0'?><a ",
    "vbs": "Set s = CreateObject(",
    "js": "eval(",
    "ps1": "powershell -e ",
    "bat": "@echo off\r\nset a=",
    "sh": "#!/bin/sh\neval ",
    "inf": "[autorun]\nopen=",
    "url": "[InternetShortcut]\nURL=",
    "desktop": "[Desktop Entry]\nExec=",
    "reg": "Windows Registry Editor Version 5.00\n[HKEY\n",
    "eml": "From: a@b\nTo: c\nSubject: ",
    "mbox": "From a@b Sun Nov 22 10:00:00 2026\nFrom: ",
    "rtf": "{\\rtf1 {\\field{\\*\\fldinst ",
    "pdf": "%PDF-1.4\n1 0 obj<</JS(",
    "txt": "",
    "json": "[",
    "csv": "=cmd|",
}


def hostile_texts() -> dict[str, bytes]:
    """Every run under every kind of text, by name."""
    return {f"{number:02}.{ending}": hostile_text(head, run) for ending, head in HEADS.items() for number, run in enumerate(RUNS)}
