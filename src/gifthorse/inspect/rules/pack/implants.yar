// Programs of any system: what they take, hide and take over.

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
