// Machine code and stored objects, wherever they lie: in data, documents, and behind pictures.

rule injected_machine_code {
  meta:
    description = "The usual first bytes of machine code that is put into other programs"
    severity = "high"
    technique = "T1055 T1620"
    harmless = "None outside of security testing."
  strings:
    $x86 = { FC E8 (82 | 89 | 8F) 00 00 00 60 (89 E5 | 31 C0 89 E5) }
    $x64 = { FC 48 83 E4 F0 E8 (C0 | C8 | CC | D6) 00 00 00 41 51 }
    $hash = { AC 3C 61 7C 02 2C 20 C1 CF 0D 01 C7 }
    $hash64 = { AC 3C 61 7C 02 2C 20 41 C1 C9 0D 41 01 C1 }
  condition:
    any of them
}

rule masked_windows_program {
  meta:
    description = "A Windows program is hidden here, each of its bytes changed by the same key"
    severity = "high"
    technique = "T1027.013"
    harmless = "Protection programs keep what they took away like this."
  strings:
    $message = "This program cannot be run in DOS mode" xor(1-255)
  condition:
    $message
}

rule pickle_starts_commands {
  meta:
    description = "Stored Python objects start a command when they are loaded"
    severity = "high"
    technique = "T1059.006 T1204.002"
    harmless = "None: stored data has no reason to name such functions."
  strings:
    $text = /c(posix|nt|os)\n(system|popen|exec[lv]p?e?)\n/
    $builtin = /c(__builtin__|builtins)\n(eval|exec|compile)\n/
    $subprocess = /csubprocess\n(Popen|call|run|check_output)\n/
    $short_posix = { 8C (05 70 6F 73 69 78 | 02 6E 74 | 02 6F 73) 94 8C 06 73 79 73 74 65 6D 94 93 }
    $short_builtin = { 8C 08 62 75 69 6C 74 69 6E 73 94 8C 04 65 (76 61 6C | 78 65 63) 94 93 }
    $short_subprocess = { 8C 0A 73 75 62 70 72 6F 63 65 73 73 94 8C (05 50 6F 70 65 6E | 04 63 61 6C 6C | 03 72 75 6E) 94 93 }
  condition:
    any of them
}
