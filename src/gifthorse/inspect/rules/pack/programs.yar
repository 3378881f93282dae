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

rule program_collects_secrets {
  meta:
    description = "The program knows where many programs keep passwords and wallets"
    severity = "high"
    technique = "T1555 T1539 T1005"
    harmless = "Backup and migration programs know some of these places."
  strings:
    $p1 = "\\Google\\Chrome\\User Data" nocase ascii wide
    $p2 = "\\Mozilla\\Firefox\\Profiles" nocase ascii wide
    $p3 = "\\Opera Software\\" nocase ascii wide
    $p4 = "wallet.dat" nocase ascii wide
    $p5 = "exodus.wallet" nocase ascii wide
    $p6 = "\\Electrum\\wallets" nocase ascii wide
    $p7 = "Telegram Desktop\\tdata" nocase ascii wide
    $p8 = "FileZilla\\recentservers.xml" nocase ascii wide
    $p9 = "\\discord\\Local Storage" nocase ascii wide
    $p10 = "Login Data" ascii wide
    $p11 = "\\BraveSoftware\\Brave-Browser" nocase ascii wide
    $p12 = "\\Ethereum\\keystore" nocase ascii wide
    $p13 = "WinSCP 2\\Sessions" nocase ascii wide
    $p14 = "\\Steam\\config" nocase ascii wide
  condition:
    6 of them
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

rule library_loads_itself {
  meta:
    description = "A library that can put itself into another program without a file"
    severity = "high"
    technique = "T1620 T1055.001"
    harmless = "None outside of security testing."
  strings:
    $export = /ReflectiveLoader(@4)?\x00/
    $own = "_ReflectiveLoader@"
  condition:
    any of them
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

rule program_gains_rights_without_asking {
  meta:
    description = "The program gains administrator rights without Windows' question"
    severity = "high"
    technique = "T1548.002"
    harmless = "None outside of security testing."
  strings:
    $moniker = "Elevation:Administrator!new:{3E5FC7F9-9A51-4367-9063-A120244FBEC7}" nocase ascii wide
    $color = "Elevation:Administrator!new:{D2E7041B-2927-42fb-8E9F-7CE93B6DC937}" nocase ascii wide
    $settings = /ms-settings\\shell\\open\\command/ nocase ascii wide
    $delegate = "DelegateExecute" nocase ascii wide
    $opener = /\b(fodhelper|computerdefaults)\.exe/ nocase ascii wide
  condition:
    $moniker or $color or ($settings and $delegate and $opener)
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

rule program_starts_powershell_unseen {
  meta:
    description = "The program starts PowerShell unseen with encoded commands or a download"
    severity = "high"
    technique = "T1059.001"
    harmless = "A few installers start PowerShell; they don't hide what they run."
  strings:
    $start = /powershell(\.exe)?[^\x00\r\n]{0,120}-w(in(dowstyle)?)?\s+(h|hidden|1)\b[^\x00\r\n]{0,120}(-e(nc|ncodedcommand)?\s|downloadstring|downloadfile|\biex\b|frombase64string)/ nocase
    $start_wide = /p\x00o\x00w\x00e\x00r\x00s\x00h\x00e\x00l\x00l\x00(.\x00){0,60}h\x00i\x00d\x00d\x00e\x00n\x00(.\x00){0,60}(-\x00e\x00n\x00c\x00|D\x00o\x00w\x00n\x00l\x00o\x00a\x00d\x00S\x00t\x00r\x00i\x00n\x00g\x00|F\x00r\x00o\x00m\x00B\x00a\x00s\x00e\x006\x004\x00)/ nocase
  condition:
    any of them
}

rule program_hides_in_linux {
  meta:
    description = "A Linux library that hides files, processes or connections from every program"
    severity = "high"
    technique = "T1014 T1574.006"
    harmless = "Libraries for testing replace single functions; they don't name this file."
  strings:
    $preload = "/etc/ld.so.preload"
    $readdir = /\x00readdir(64)?\x00/
    $real = /\x00dlsym\x00/
    $hide = /\/proc\/net\/tcp|\/proc\/self\/fd\/%d|\x00(pam_authenticate|accept|fopen64|xstat64?|__lxstat)\x00/
    $shell = /\/bin\/(ba)?sh/
  condition:
    uint32(0) == 0x464C457F and filesize < 2MB and all of them
}

rule program_mines_coins {
  meta:
    description = "The program makes the computer work for somebody's electronic money"
    severity = "medium"
    technique = "T1496"
    harmless = "Somebody who mines on purpose knows it."
  strings:
    $pool = /stratum\+(tcp|ssl):\/\// ascii wide
    $level = "donate-level" ascii wide
    $algorithm = /randomx|cryptonight|ethash|kawpow/ nocase ascii wide
    $login = "\"method\":\"login\"" ascii wide
  condition:
    $pool and ($level or $login or #algorithm > 4)
}

rule program_takes_over_small_devices {
  meta:
    description = "A program that breaks into routers, cameras and other small devices"
    severity = "high"
    technique = "T1110 T1059.004 T1498"
    harmless = "None that is usual."
  strings:
    $busybox = /\/bin\/busybox\s+[A-Z%]/
    $fetch = /(wget|tftp|curl)\s[^\x00]{0,120}(;|&&)\s*chmod\s+(\+x|777)/
    $telnet1 = "enable\x00"
    $telnet2 = "system\x00"
    $telnet3 = "shell\x00"
    $watchdog = "/dev/watchdog"
    $exe = "/proc/self/exe"
  condition:
    uint32(0) == 0x464C457F and $busybox and ($fetch or ($watchdog and $exe and 2 of ($telnet*)))
}

rule program_asks_for_mac_password {
  meta:
    description = "A program shows a window of its own that asks for the password of the Mac"
    severity = "high"
    technique = "T1056.002 T1555.001"
    harmless = "Honest programs let the system ask."
  strings:
    $dialog = /display dialog [^\x00]{0,400}hidden answer/ nocase
    $check = /dscl\s+[^\x00]{0,40}authonly/
    $keychain = /login\.keychain-db|find-generic-password/
  condition:
    $dialog and any of ($check, $keychain)
}
