"""The languages of scripts by their file name extensions, and which of them an ordinary desktop starts at a double click."""

from typing import Final

# Windows starts these with its own interpreters at a double click or from the context menu; .command does on macOS.
STARTED_BY_DOUBLE_CLICK: Final = {
    "bat": "Windows batch",
    "cmd": "Windows batch",
    "vbs": "VBScript",
    "vbe": "VBScript (encoded)",
    "jse": "JScript (encoded)",
    "wsf": "Windows script",
    "wsh": "Windows script",
    "wsc": "Windows script component",
    "sct": "Windows script component",
    "hta": "HTML application",
    "ps1": "PowerShell",
    "psm1": "PowerShell module",
    "psd1": "PowerShell data",
    "ps1xml": "PowerShell",
    "command": "macOS command file",
    "scpt": "AppleScript",
    "applescript": "AppleScript",
    "ahk": "AutoHotkey",
    "au3": "AutoIt",
}
SOURCE_CODE: Final = {
    "js": "JavaScript",
    "mjs": "JavaScript",
    "cjs": "JavaScript",
    "py": "Python",
    "pyw": "Python",
    "sh": "shell",
    "bash": "shell",
    "zsh": "shell",
    "ksh": "shell",
    "csh": "shell",
    "fish": "shell",
    "pl": "Perl",
    "pm": "Perl",
    "rb": "Ruby",
    "php": "PHP",
    "lua": "Lua",
    "tcl": "Tcl",
    "awk": "awk",
    "vb": "Visual Basic",
    "bas": "Visual Basic",
}
SCRIPT_EXTENSIONS: Final = STARTED_BY_DOUBLE_CLICK | SOURCE_CODE
