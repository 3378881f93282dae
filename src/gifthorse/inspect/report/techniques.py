"""Names of the attack techniques that findings cite (MITRE ATT&CK, Enterprise matrix)."""

from typing import Final

NAMES: Final = {
    "T1027": "Obfuscated Files or Information",
    "T1027.006": "HTML Smuggling",
    "T1027.009": "Embedded Payloads",
    "T1027.013": "Encrypted/Encoded File",
    "T1036": "Masquerading",
    "T1036.002": "Right-to-Left Override",
    "T1036.005": "Match Legitimate Resource Name or Location",
    "T1036.007": "Double File Extension",
    "T1036.008": "Masquerade File Type",
    "T1052.001": "Exfiltration over USB",
    "T1059": "Command and Scripting Interpreter",
    "T1059.001": "PowerShell",
    "T1059.003": "Windows Command Shell",
    "T1059.004": "Unix Shell",
    "T1059.005": "Visual Basic",
    "T1059.007": "JavaScript",
    "T1091": "Replication Through Removable Media",
    "T1137": "Office Application Startup",
    "T1187": "Forced Authentication",
    "T1200": "Hardware Additions",
    "T1203": "Exploitation for Client Execution",
    "T1204": "User Execution",
    "T1204.001": "Malicious Link",
    "T1204.002": "Malicious File",
    "T1218.001": "Compiled HTML File",
    "T1218.005": "Mshta",
    "T1218.007": "Msiexec",
    "T1221": "Template Injection",
    "T1499": "Endpoint Denial of Service",
    "T1547.009": "Shortcut Modification",
    "T1553.005": "Mark-of-the-Web Bypass",
    "T1557": "Adversary-in-the-Middle",
    "T1559.001": "Component Object Model",
    "T1559.002": "Dynamic Data Exchange",
    "T1564": "Hide Artifacts",
    "T1564.001": "Hidden Files and Directories",
    "T1564.004": "NTFS File Attributes",
    "T1564.005": "Hidden File System",
    "T1564.007": "VBA Stomping",
    "T1566": "Phishing",
    "T1566.001": "Spearphishing Attachment",
    "T1566.002": "Spearphishing Link",
}


def technique_words(technique: str) -> str:
    """The id with its name, or the id alone where the name isn't known here."""
    name = NAMES.get(technique)
    return f"{technique} {name}" if name else technique
