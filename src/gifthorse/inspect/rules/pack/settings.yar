// Files that change settings of a system when they are opened: registry, setup information, remote desktop, themes, profiles.

rule registry_starts_interpreter_with_windows {
  meta:
    description = "A registry file makes Windows start an interpreter at every sign-in"
    severity = "high"
    technique = "T1547.001 T1112"
    harmless = "None that is usual."
  strings:
    $key = /\[[^\]\r\n]{0,120}\\currentversion\\(run|runonce|policies\\explorer\\run|winlogon|windows)\]/ nocase
    $value = /=\s*"[^\r\n]{0,200}(powershell|mshta|wscript|cscript|regsvr32|rundll32|cmd(\.exe)?\s+\/c|\\\\users\\\\public\\\\|\\\\appdata\\\\)/ nocase
  condition:
    all of them
}

rule registry_replaces_program {
  meta:
    description = "A registry file makes Windows start another program in the place of a known one"
    severity = "high"
    technique = "T1546.012 T1546.001"
    harmless = "Programmers set a debugger for their own program."
  strings:
    $hijack = /\[[^\]\r\n]{0,120}image file execution options\\[^\]\r\n]{1,60}\.exe\][^\[]{0,400}"(debugger|globalflag)"\s*=/ nocase
    $exit = /\[[^\]\r\n]{0,120}silentprocessexit\\[^\]\r\n]{1,60}\][^\[]{0,400}"monitorprocess"/ nocase
    $open = /\[[^\]\r\n]{0,80}\\(exefile|\.exe|batfile|txtfile|mscfile|ms-settings)\\shell\\(open|runas)\\command\][^\[]{0,300}@\s*=\s*"[^\r\n]{0,160}(powershell|cmd|mshta|wscript|\\\\appdata|\\\\temp|\\\\public)/ nocase
    $server = /\\inprocserver32\][^\[]{0,300}@\s*=\s*"[^\r\n]{0,100}(\\\\appdata|\\\\temp|\\\\public|scrobj\.dll)/ nocase
  condition:
    any of them
}

rule registry_switches_protection_off {
  meta:
    description = "A registry file switches the computer's protection off"
    severity = "high"
    technique = "T1562.001 T1112"
    harmless = "Collections of so-called tweaks do this; nobody should take them from a gift."
  strings:
    $defender = /"disable(antispyware|antivirus|realtimemonitoring|behaviormonitoring|ioavprotection|onaccessprotection)"\s*=\s*dword:0*1\b/ nocase
    $control = /"enablelua"\s*=\s*dword:0+\b/ nocase
    $screen = /"(enablesmartscreen|smartscreenenabled)"\s*=\s*("off"|dword:0+\b)/ nocase
    $firewall = /"enablefirewall"\s*=\s*dword:0+\b/ nocase
    $macros = /\\security\][^\[]{0,300}"vbawarnings"\s*=\s*dword:0*1\b/ nocase
    $mark = /"savezoneinformation"\s*=\s*dword:0*1\b/ nocase
    $autorun = /"nodrivetypeautorun"\s*=\s*dword:0+\b/ nocase
    $remote = /"fdenytsconnections"\s*=\s*dword:0+\b/ nocase
    $secrets = /"(uselogoncredential)"\s*=\s*dword:0*1\b/ nocase
  condition:
    any of them
}

rule registry_locks_person_out {
  meta:
    description = "A registry file takes away the tools by which a person could stop a program"
    severity = "medium"
    technique = "T1112"
    harmless = "Settings for computers in public rooms; those come from their administrator."
  strings:
    $tools = /"disable(taskmgr|registrytools|cmd|systemrestore)"\s*=\s*dword:0*[12]\b/ nocase
  condition:
    $tools
}

rule setup_information_runs_script {
  meta:
    description = "A set-up information file runs a command or a script from elsewhere"
    severity = "high"
    technique = "T1218.003"
    harmless = "None that is usual."
  strings:
    $version = /\[version\]/ nocase
    $commands = /\n\s*(runpresetupcommands|runpostsetupcommands|unregisterocxs)\s*=/ nocase
    $script = /scrobj\.dll\s*,[^\r\n]{0,20},?\s*(https?:|[^\r\n]{1,80}\.sct)|\n\s*(cmd|powershell|mshta|taskkill)(\.exe)?\s[^\r\n]{0,200}/ nocase
  condition:
    all of them
}

rule remote_desktop_opens_own_drives {
  meta:
    description = "A remote desktop file connects to a foreign computer and opens this one's drives and clipboard to it"
    severity = "high"
    technique = "T1219 T1005"
    harmless = "Files for remote work from your own company; the address is then your company's."
  strings:
    $address = /full address:s:[^\r\n]{4,}/ nocase
    $drives = /drivestoredirect:s:\s*(\*|[^\r\n]{0,40}:)/ nocase
    $more = /(redirectclipboard:i:1|redirectsmartcards:i:1|redirectwebauthn:i:1|remoteapplicationmode:i:1|alternate shell:s:[^\r\n]{2,})/ nocase
  condition:
    all of them
}

rule theme_fetches_from_file_server {
  meta:
    description = "A desktop theme or icon file fetches from another computer, which gives away the person's logon"
    severity = "high"
    technique = "T1187"
    harmless = "Themes made inside a company for its own file server."
  strings:
    $theme = /\[(theme|control panel\\desktop|visualstyles|boot)\]/ nocase
    $remote = /\n\s*(wallpaper|brandimage|path|mui|scrnsave\.exe)\s*=\s*(\\\\|https?:|file:\/\/)[^\r\n]{3,}/ nocase
  condition:
    all of them
}

rule screen_saver_line_starts_program {
  meta:
    description = "A desktop theme starts a program as its screen saver"
    severity = "medium"
    technique = "T1546.002"
    harmless = "Themes with a screen saver of their own bring an installer."
  strings:
    $boot = /\[boot\]/ nocase
    $saver = /\n\s*scrnsave\.exe\s*=\s*[^\r\n]{0,120}(\.\\|%(temp|appdata|public)%|[d-z]:\\)[^\r\n]{0,100}\.(exe|scr|com)/ nocase
  condition:
    all of them
}
