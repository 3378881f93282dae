// Programs of Windows, Linux and macOS, and data that may be machine code.

rule program_packed_upx {
  meta:
    description = "The program is packed with UPX, so its content can't be seen until it runs"
    severity = "info"
    technique = "T1027.002"
    harmless = "Many free programs are packed so to be smaller."
  strings:
    $windows = { 55 50 58 30 00 00 00 00 [32-40] 55 50 58 31 00 00 00 00 }
    $mark = "UPX!"
    $words = "$Info: This file is packed with the UPX executable packer"
  condition:
    ($windows in (0..4096) and $mark in (0..8192)) or $words
}

rule program_made_from_python {
  meta:
    description = "The program is a Python script packed together with its interpreter"
    severity = "info"
    technique = "T1059.006"
    harmless = "Many small tools are delivered so."
  strings:
    $cookie = { 4D 45 49 0C 0B 0A 0B 0E }
    $py2exe = "PYTHONSCRIPT" wide
  condition:
    any of them
}

rule program_made_from_script {
  meta:
    description = "The program is a script packed together with its interpreter (AutoIt or AutoHotkey)"
    severity = "low"
    technique = "T1059.010"
    harmless = "Administrators and players make small tools so."
  strings:
    $autoit = "AU3!EA06"
    $autohotkey = ">AUTOHOTKEY SCRIPT<"
  condition:
    any of them
}

rule archive_that_starts_unseen {
  meta:
    description = "A self-extracting archive is set to unpack without a word and start something"
    severity = "high"
    technique = "T1204.002 T1027"
    harmless = "Installers inside of companies are packed so."
  strings:
    $rar_setup = /\r\n(Setup|Presetup)=[^\r\n]{1,200}/
    $rar_silent = /\r\nSilent=1/
    $rar_path = /Path=(%(temp|appdata|public|programdata)%|C:\\Users\\Public)/ nocase
    $seven = ";!@Install@!UTF-8!"
    $seven_run = /(RunProgram|ExecuteFile|AutoInstall)="[^"]{0,40}(hidcon:|nowait:)[^"]{0,200}"/
    $seven_quiet = /GUIMode="2"/
  condition:
    ($rar_setup and $rar_silent and $rar_path) or ($seven and $seven_run and $seven_quiet)
}

rule program_for_ransom {
  meta:
    description = "The program removes backups and speaks of encrypted files and payment"
    severity = "high"
    technique = "T1486 T1490"
    harmless = "Protection programs hold such words to look for them."
  strings:
    $shadow = /vssadmin(\.exe)?\s+delete\s+shadows|shadowcopy\s+delete|Win32_ShadowCopy/ nocase ascii wide
    $recovery = /recoveryenabled\s+no|delete\s+catalog\s+-quiet/ nocase ascii wide
    $note = /(your|all)\s+(important\s+)?(files|data)\s+(have\s+been|has\s+been|are|were)\s+(encrypted|locked|stolen)/ nocase ascii wide
    $payment = /\b(bitcoin|monero|btc\s+wallet|decryptor|decryption\s+(key|tool))\b/ nocase ascii wide
    $onion = /[a-z2-7]{16,56}\.onion/ ascii wide
  condition:
    $note and any of ($shadow, $recovery) and any of ($payment, $onion)
}

rule program_dumps_logon_secrets {
  meta:
    description = "The program takes logon secrets out of Windows' memory"
    severity = "critical"
    technique = "T1003.001"
    harmless = "None outside of security testing."
  strings:
    $sekurlsa = "sekurlsa::" nocase ascii wide
    $lsadump = "lsadump::" nocase ascii wide
    $kerberos = "kerberos::golden" nocase ascii wide
    $privilege = "privilege::debug" nocase ascii wide
    $module = "kuhl_m_" ascii wide
  condition:
    2 of them
}
