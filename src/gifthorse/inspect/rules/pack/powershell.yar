// PowerShell that fetches, hides, switches protection off or steals. Scanned over the text of scripts, macros, shortcuts and settings.

rule powershell_fetches_and_runs {
  meta:
    description = "PowerShell fetches text from the network and runs it as commands"
    severity = "medium"
    technique = "T1059.001 T1105"
    harmless = "Installation scripts of well-known tools work like this; their address is their maker's."
  strings:
    $fetch = /(downloadstring|downloaddata|invoke-webrequest|invoke-restmethod|\biwr\s|\birm\s)[^\r\n]{0,200}https?:\/\/[^\r\n]{0,200}\|\s*(iex|invoke-expression)\b/ nocase
    $run = /\b(iex|invoke-expression)\b[^\r\n]{0,60}(downloadstring|invoke-webrequest|invoke-restmethod|\biwr\s|\birm\s)[^\r\n]{0,200}https?:/ nocase
  condition:
    any of them and not extension matches /^(\.(md|rst|txt|html?|json|ya?ml))?$/
}

rule powershell_hidden_and_encoded {
  meta:
    description = "PowerShell is started unseen with commands that are encoded"
    severity = "high"
    technique = "T1059.001 T1027.010 T1564.003"
    harmless = "Management software for whole companies starts its agents like this."
  strings:
    $hidden_first = /powershell(\.exe)?[^\r\n]{0,120}[\-\/]w(in(dowstyle)?)?\s+(h|hidden|1)\b[^\r\n]{0,120}[\-\/]e(c|nc|ncodedcommand)?\s+["']?[A-Za-z0-9+\/]{32}/ nocase
    $encoded_first = /powershell(\.exe)?[^\r\n]{0,120}[\-\/]e(c|nc|ncodedcommand)?\s+["']?[A-Za-z0-9+\/=]{32,}["']?[^\r\n]{0,60}[\-\/]w(in(dowstyle)?)?\s+(h|hidden|1)\b/ nocase
  condition:
    any of them
}

rule powershell_hidden_download {
  meta:
    description = "PowerShell is started unseen, past its own policy, to fetch something"
    severity = "high"
    technique = "T1059.001 T1564.003 T1105"
    harmless = "Software distribution inside a company; the address is then one of the company."
  strings:
    $start = /powershell(\.exe)?[^\r\n]{0,160}[\-\/]w(in(dowstyle)?)?\s+(h|hidden|1)\b[^\r\n]{0,300}(https?:\/\/|\\\\\\\\|\\\\[0-9]{1,3}\.)/ nocase
    $fetch = /(downloadstring|downloadfile|invoke-webrequest|invoke-restmethod|start-bitstransfer|net\.webclient|\biwr\b|\birm\b|curl|wget)/ nocase
  condition:
    all of them
}

rule powershell_encoded_words {
  meta:
    description = "An encoded PowerShell command holds words for fetching or running"
    severity = "high"
    technique = "T1027.010 T1059.001"
    harmless = "None that is usual: who has nothing to hide writes commands as text."
  strings:
    $a = "DownloadString" wide base64
    $b = "DownloadFile" wide base64
    $c = "Net.WebClient" wide base64
    $d = "Invoke-Expression" wide base64
    $e = "FromBase64String" wide base64
    $f = "Invoke-WebRequest" wide base64
    $g = "Start-Process" wide base64
    $h = "-WindowStyle Hidden" wide base64
    $i = "Net.Sockets.TCPClient" wide base64
  condition:
    any of them
}

rule powershell_blinds_script_scanner {
  meta:
    description = "It switches off the scanner that looks at scripts (AMSI)"
    severity = "high"
    technique = "T1562.001"
    harmless = "None outside of security testing."
  strings:
    $field = /amsiutils["'\)\s]{0,10}[^\r\n]{0,120}(amsiinitfailed|amsicontext|amsisession)/ nocase
    $set = /\.setvalue\s*\(\s*\$null/ nocase
    $buffer = "AmsiScanBuffer" nocase
    $protect = "VirtualProtect" nocase
    $provider = /\\amsi\\providers/ nocase
    $remove = /remove-item|reg(\.exe)?\s+delete/ nocase
  condition:
    ($field and $set) or ($buffer and $protect) or ($provider and $remove)
}

rule powershell_blinds_event_log {
  meta:
    description = "It stops Windows from recording what scripts do"
    severity = "high"
    technique = "T1562.002 T1562.006"
    harmless = "None outside of security testing."
  strings:
    $etw = "EtwEventWrite" nocase
    $protect = /virtualprotect|writeprocessmemory|marshal\]::copy/ nocase
    $policy = "cachedGroupPolicySettings" nocase
    $block = "EnableScriptBlockLogging" nocase
    $provider = /etwprovider["'][^\r\n]{0,120}setvalue/ nocase
  condition:
    ($etw and $protect) or ($policy and $block) or $provider
}

rule powershell_loads_program_from_text {
  meta:
    description = "It turns text or a download into a program and runs it without a file"
    severity = "high"
    technique = "T1620 T1059.001"
    harmless = "A few administration modules carry a library inside; those come from their maker."
  strings:
    $text = /assembly\]?::load\s*\([^\r\n]{0,120}(frombase64string|downloaddata|\.readallbytes\([^\r\n]{0,60}\.(jpe?g|png|gif|bmp|txt|dat))/ nocase
    $later = /assembly\]?::load\s*\(\s*\$\w+\s*\)/ nocase
    $source = /=\s*\[[^\r\n\]]{0,30}convert\]::frombase64string\(|downloaddata\s*\(\s*["']https?:/ nocase
    $invoke = /\.entrypoint\.invoke|\.getmethod\([^\r\n]{0,80}\.invoke\(/ nocase
  condition:
    $text or ($later and $source and $invoke)
}

rule powershell_runs_machine_code {
  meta:
    description = "It puts machine code into memory and runs it"
    severity = "high"
    technique = "T1055 T1106"
    harmless = "None outside of security testing."
  strings:
    $alloc = /virtualalloc(ex)?\b/ nocase
    $copy = /marshal\]?::copy|writeprocessmemory|rtlmovememory/ nocase
    $run = /createthread|createremotethread|getdelegateforfunctionpointer|queueuserapc|enumsystemlocales|callwindowproc/ nocase
    $shell = /\$\w+|add-type|\[dllimport/ nocase
  condition:
    all of them
}

rule powershell_answers_to_remote {
  meta:
    description = "It connects to another computer and runs what comes back"
    severity = "high"
    technique = "T1059.001 T1095"
    harmless = "None outside of security testing."
  strings:
    $socket = /net\.sockets\.(tcp|udp)client/ nocase
    $stream = ".GetStream(" nocase
    $run = /\b(iex|invoke-expression)\b|cmd\.exe|scriptblock\]?::create/ nocase
    $loop = /while\s*\(|do\s*\{/ nocase
  condition:
    all of them
}

rule powershell_reads_keys {
  meta:
    description = "It records what is typed"
    severity = "high"
    technique = "T1056.001"
    harmless = "Tools for people who can't use a keyboard read keys, too, but don't write them down."
  strings:
    $keys = "GetAsyncKeyState" nocase
    $shell = /add-type|\[dllimport|signature/ nocase
    $write = /out-file|add-content|appendalltext|send-mailmessage|uploadstring|\.send\(|invoke-restmethod/ nocase
  condition:
    all of them
}

rule powershell_sends_screen {
  meta:
    description = "It takes pictures of the screen and sends them away"
    severity = "high"
    technique = "T1113 T1041"
    harmless = "Support software does this after asking."
  strings:
    $screen = "CopyFromScreen" nocase
    $send = /uploadfile|uploaddata|send-mailmessage|smtpclient|-method\s+["']?post|api\.telegram\.org|\/api\/webhooks\/|ftp:\/\// nocase
  condition:
    all of them
}

rule powershell_switches_defender_off {
  meta:
    description = "It switches the computer's virus protection off or makes an exception for a whole drive"
    severity = "high"
    technique = "T1562.001"
    harmless = "Set-up scripts of developers do this on machines of their own."
  strings:
    $off = /set-mppreference\s[^\r\n]{0,120}-disable(realtimemonitoring|behaviormonitoring|ioavprotection|scriptscanning)\s+(\$true|1)/ nocase
    $drive = /add-mppreference\s[^\r\n]{0,60}-exclusionpath\s+["'@\(]{0,3}([a-z]:\\?["'\s,\)]|\$env:(systemdrive|userprofile|temp|appdata|public)\b)/ nocase
    $ending = /add-mppreference\s[^\r\n]{0,60}-exclusionextension\s+["'@\(]{0,3}\.?(exe|dll|ps1|vbs|js|bat)\b/ nocase
    $service = /(stop-service|sc(\.exe)?\s+(stop|delete|config))\s+["']?(windefend|wdnissvc|sense)\b/ nocase
  condition:
    any of them
}

rule collects_wireless_passwords {
  meta:
    description = "It reads the passwords of wireless networks and passes them on"
    severity = "high"
    technique = "T1555 T1041"
    harmless = "A person who moves to a new computer may list the passwords, but doesn't send them."
  strings:
    $list = /netsh\s+wlan\s+(show|export)\s+profiles?[^\r\n]{0,120}key\s*=\s*clear/ nocase
    $send = /invoke-restmethod|invoke-webrequest|send-mailmessage|smtp|uploadfile|webhook|api\.telegram\.org|curl|ftp|compress-archive|%~d0|\$driveletter/ nocase
  condition:
    all of them
}

rule sends_to_chat_service {
  meta:
    description = "It gathers facts about the computer or files and sends them to a chat service"
    severity = "high"
    technique = "T1567 T1102"
    harmless = "A script that tells its owner's own chat that a job is done; it doesn't gather files."
  strings:
    $chat = /(discord(app)?\.com\/api\/webhooks\/[0-9]|api\.telegram\.org\/bot|hooks\.slack\.com\/services\/T)/ nocase
    $gather = /compress-archive|get-clipboard|login data|\$env:(computername|username|userprofile)|%(computername|username|userprofile)%|systeminfo|ipconfig|copyfromscreen|get-childitem[^\r\n]{0,80}(documents|desktop)/ nocase
    $shell = /invoke-restmethod|invoke-webrequest|uploadfile|uploadstring|curl(\.exe)?\s|xmlhttp|winhttp/ nocase
  condition:
    all of them
}

rule starts_with_windows_unseen {
  meta:
    description = "It puts itself where Windows starts programs, in a way that stays unseen"
    severity = "high"
    technique = "T1547.001"
    harmless = "Programs enter themselves there, too, but by the name of their program, not through an interpreter."
  strings:
    $key = /(reg(\.exe)?\s+add|new-itemproperty|set-itemproperty|regwrite)[^\r\n]{0,80}\\currentversion\\run(once)?\b[^\r\n]{0,300}(powershell|mshta|wscript|cscript|regsvr32|rundll32[^\r\n]{0,40}(appdata|temp|public|programdata)|cmd(\.exe)?\s+\/c)/ nocase
  condition:
    $key
}

rule schedules_unseen_interpreter {
  meta:
    description = "It plans a task that runs an interpreter unseen or from a folder for passing files"
    severity = "high"
    technique = "T1053.005"
    harmless = "Administrators plan scripts; those lie in a folder of the company and have a name that says what they do."
  strings:
    $task = /schtasks(\.exe)?\s+\/create[^\r\n]{0,300}(mshta|-w(in(dowstyle)?)?\s+(h|hidden|1)\b|-e(nc|ncodedcommand)?\s+[a-z0-9+\/=]{32}|regsvr32|\\users\\public\\|%(temp|appdata|public)%|wscript[^\r\n]{0,60}(temp|appdata|public))/ nocase
    $cmdlet = /new-scheduledtaskaction[^\r\n]{0,200}(mshta|windowstyle\s+hidden|-w\s+hidden|-enc)/ nocase
  condition:
    any of them
}

rule lasting_wmi_subscription {
  meta:
    description = "It makes Windows run a command whenever something happens, through a permanent event subscription"
    severity = "high"
    technique = "T1546.003"
    harmless = "Monitoring software for servers uses these."
  strings:
    $filter = "__EventFilter" nocase
    $consumer = /commandlineeventconsumer|activescripteventconsumer/ nocase
    $binding = "__FilterToConsumerBinding" nocase
  condition:
    all of them
}

rule dumps_logon_secrets {
  meta:
    description = "It copies the memory or the registry where Windows keeps logon secrets"
    severity = "high"
    technique = "T1003.001 T1003.002"
    harmless = "None outside of security testing."
  strings:
    $comsvcs = /comsvcs(\.dll)?["']?[,\s]+["']?#?(-?\+?24|minidump)/ nocase
    $save_sam = /reg(\.exe)?\s+save\s+["']?(hklm|hkey_local_machine)\\(sam|security)\b/ nocase
    $procdump = /procdump(64)?(\.exe)?\s[^\r\n]{0,80}\blsass/ nocase
    $ntds = /ntdsutil[^\r\n]{0,120}(ifm|"ac i ntds")/ nocase
    $words = "sekurlsa::logonpasswords" nocase
  condition:
    any of them
}

rule reads_browser_passwords {
  meta:
    description = "It opens the passwords that the browser keeps"
    severity = "high"
    technique = "T1555.003"
    harmless = "Password managers import from browsers; they are programs with an installer, not scripts."
  strings:
    $store = /\\(google\\chrome|microsoft\\edge|bravesoftware|opera software|chromium)[^\r\n]{0,60}(user data|login data|local state)/ nocase
    $login = "Login Data"
    $open = /protecteddata\]?::unprotect|cryptunprotectdata|win32crypt|unprotect\(/ nocase
  condition:
    $open and ($login or $store)
}

rule gains_rights_without_asking {
  meta:
    description = "It gains administrator rights without Windows' question"
    severity = "high"
    technique = "T1548.002"
    harmless = "None outside of security testing."
  strings:
    $settings = /ms-settings\\shell\\open\\command/ nocase
    $mscfile = /mscfile\\shell\\open\\command/ nocase
    $delegate = "DelegateExecute" nocase
    $opener = /\b(fodhelper|computerdefaults|eventvwr|sdclt|slui|wsreset)(\.exe)?\b/ nocase
    $environment = /environment["']?\s[^\r\n]{0,60}windir[^\r\n]{0,120}(cmd|powershell)/ nocase
    $cleanup = /schtasks[^\r\n]{0,60}silentcleanup/ nocase
    $profile = "CMSTPLUA" nocase
    $moniker = "Elevation:Administrator!new:{3E5FC7F9-9A51-4367-9063-A120244FBEC7}" nocase
  condition:
    (any of ($settings, $mscfile) and any of ($delegate, $opener)) or ($environment and $cleanup) or $profile or $moniker
}

rule hidden_commands_in_picture {
  meta:
    description = "It reads commands out of the dots of a picture and runs them"
    severity = "high"
    technique = "T1027.003"
    harmless = "None that is usual."
  strings:
    $picture = /drawing\.bitmap/ nocase
    $dot = ".GetPixel(" nocase
    $run = /\b(iex|invoke-expression)\b|assembly\]?::load/ nocase
  condition:
    all of them
}

rule commands_from_name_service {
  meta:
    description = "It takes commands out of answers of the name service and runs them"
    severity = "high"
    technique = "T1071.004 T1059"
    harmless = "None that is usual."
  strings:
    $resolve = /resolve-dnsname[^\r\n]{0,120}txt[^\r\n]{0,200}(\biex\b|invoke-expression)/ nocase
    $around = /(\biex\b|invoke-expression)[^\r\n]{0,120}resolve-dnsname[^\r\n]{0,120}txt/ nocase
    $lookup = /nslookup[^\r\n]{0,60}-q(uerytype)?=txt[^\r\n]{0,200}(\biex\b|\|\s*cmd|for\s+\/f)/ nocase
  condition:
    any of them
}

rule looks_for_its_own_stick {
  meta:
    description = "It looks for the drive with a certain label and starts something from it unseen"
    severity = "high"
    technique = "T1091 T1059.001"
    harmless = "Backup scripts look for their own drive; they copy to it and don't start anything from it."
  strings:
    $label = /(get-volume\s+-filesystemlabel|win32_(volume|logicaldisk)[^\r\n]{0,160}(label|volumename)\s*(=|-eq|-like))/ nocase
    $start = /(\biex\b|invoke-expression|start-process|&\s*\(|powershell)[^\r\n]{0,160}(\.ps1|\.exe|\.bat|\.vbs|\.cmd)/ nocase
    $unseen = /-w(in(dowstyle)?)?\s+(h|hidden|1)\b|-nop\b|bypass/ nocase
  condition:
    all of them
}
