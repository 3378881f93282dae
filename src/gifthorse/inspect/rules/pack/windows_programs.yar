// Programs of Windows: what they do with its functions.

rule program_packed_against_reading {
  meta:
    description = "The program is packed by a tool that keeps it from being examined"
    severity = "medium"
    technique = "T1027.002"
    harmless = "Makers of games and paid programs protect their work so."
  strings:
    $themida = ".themida"
    $vmprotect = { 2E 76 6D 70 (30 | 31 | 32) 00 00 00 }
    $enigma = { 2E 65 6E 69 67 6D 61 (31 | 32) }
    $aspack = { 2E 61 73 70 61 63 6B 00 }
    $mpress = { 2E 4D 50 52 45 53 53 (31 | 32) }
    $petite = { 2E 70 65 74 69 74 65 00 }
    $winlicense = ".winlice"
    $obsidium = ".obsidiu"
    $confuser = "ConfusedByAttribute"
    $dnguard = "DNGuard"
  condition:
    uint16(0) == 0x5A4D and (any of ($themida, $vmprotect, $enigma, $aspack, $mpress, $petite, $winlicense, $obsidium) in (0..2048) or any of ($confuser, $dnguard))
}

rule program_records_keys {
  meta:
    description = "The program records what is typed, with names for every special key"
    severity = "high"
    technique = "T1056.001"
    harmless = "Tools that show keys on the screen for teaching; they don't write them down."
  strings:
    $async = "GetAsyncKeyState"
    $hook = /SetWindowsHookEx[AW]/
    $window = /GetForegroundWindow|GetWindowText[AW]/
    $k1 = /[\[<\{](ENTER|RETURN)[\]>\}]/ nocase ascii wide
    $k2 = /[\[<\{](BACKSPACE|BACK|BKSP)[\]>\}]/ nocase ascii wide
    $k3 = /[\[<\{](CAPS ?LOCK|CAPITAL)[\]>\}]/ nocase ascii wide
    $k4 = /[\[<\{](TAB)[\]>\}]/ nocase ascii wide
    $k5 = /[\[<\{](ESC(APE)?)[\]>\}]/ nocase ascii wide
    $k6 = /[\[<\{](CTRL|CONTROL|LCTRL)[\]>\}]/ nocase ascii wide
  condition:
    uint16(0) == 0x5A4D and ($async or $hook) and $window and 4 of ($k*)
}

rule program_sends_to_chat_service {
  meta:
    description = "The program watches the computer and reports to a chat service"
    severity = "high"
    technique = "T1567 T1102"
    harmless = "None that is usual."
  strings:
    $chat = /api\.telegram\.org\/bot|discord(app)?\.com\/api\/webhooks\/|t\.me\/[a-z0-9_]{5,30}/ nocase ascii wide
    $watch1 = "GetAsyncKeyState" ascii wide
    $watch2 = "CopyFromScreen" ascii wide
    $watch3 = "CryptUnprotectData" ascii wide
    $watch4 = "GetClipboardData" ascii wide
    $watch5 = "capCreateCaptureWindow" ascii wide
    $store = /Login Data|\\User Data\\|wallet\.dat/ ascii wide
  condition:
    uint16(0) == 0x5A4D and $chat and ($store or 2 of ($watch*)) and filesize < 30MB
}

rule program_takes_over_another {
  meta:
    description = "The program empties another program and puts its own code in its place"
    severity = "medium"
    technique = "T1055.012"
    harmless = "Debuggers and copy protection use the same functions."
  strings:
    $unmap = /(Nt|Zw)UnmapViewOfSection/
    $alloc = "VirtualAllocEx"
    $write = /(Nt)?Write(Process|Virtual)Memory/
    $context = /(Nt|Wow64)?SetThreadContext|SetThreadContext/
    $resume = /(Nt)?ResumeThread/
    $create = /CreateProcess(A|W|AsUser)/
  condition:
    uint16(0) == 0x5A4D and all of them and filesize < 5MB
}

rule program_spreads_by_sticks {
  meta:
    description = "The program writes files that start by themselves onto drives that are plugged in"
    severity = "high"
    technique = "T1091"
    harmless = "Tools that make installation media write such a file to one drive that you choose."
  strings:
    $inf = "autorun.inf" nocase ascii wide
    $section = "[autorun]" nocase ascii wide
    $open = /(open|shellexecute|shell\\(open|explore|auto)\\command)\s*=/ nocase ascii wide
    $drives = /GetDriveType[AW]|GetLogicalDrive(s|Strings[AW])/
    $copy = /CopyFile(Ex)?[AW]/
    $hide = /SetFileAttributes[AW]/
  condition:
    all of them
}

rule program_blinds_protection {
  meta:
    description = "The program switches off what Windows uses to see harmful scripts"
    severity = "high"
    technique = "T1562.001 T1562.006"
    harmless = "Protection programs name these functions, too."
  strings:
    $amsi = /Amsi(ScanBuffer|OpenSession)/ ascii wide
    $dll = "amsi.dll" nocase ascii wide
    $etw = /EtwEventWrite|NtTraceEvent/ ascii wide
    $protect = /(Nt)?(VirtualProtect|ProtectVirtualMemory)(Ex)?/ ascii wide
    $patch_ret = { B8 57 00 07 80 C3 }
    $patch_ret_ret = { B8 57 00 07 80 C2 18 00 }
  condition:
    uint16(0) == 0x5A4D and $protect and $amsi and (($etw and $dll) or $patch_ret or $patch_ret_ret) and filesize < 10MB
}
