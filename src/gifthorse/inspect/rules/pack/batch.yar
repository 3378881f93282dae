// Windows' own programs made to fetch and run what they should not, and what is done by command lines.

rule mshta_runs_remote_page {
  meta:
    description = "Windows' program for HTML applications is told to run something from the network or from its command line"
    severity = "high"
    technique = "T1218.005"
    harmless = "None that is usual any more."
  strings:
    $call = /\bmshta(\.exe)?["']?\s+["']{0,2}(https?:|\\\\[a-z0-9]|javascript:|vbscript:|about:)/ nocase
  condition:
    $call
}

rule regsvr32_runs_remote_script {
  meta:
    description = "Windows' program that registers libraries is told to run a script"
    severity = "high"
    technique = "T1218.010"
    harmless = "None that is usual."
  strings:
    $remote = /\bregsvr32(\.exe)?\b[^\r\n]{0,80}[\/\-]i:["']?(https?:|\\\\|[^\r\n]{1,80}\.sct)[^\r\n]{0,120}scrobj/ nocase
    $ending = /\bregsvr32(\.exe)?\s+[^\r\n]{0,40}[\/\-]s\s+[^\r\n]{0,80}\.(jpe?g|png|gif|bmp|dat|tmp|txt|pdf|mp4|log)\b/ nocase
  condition:
    any of them
}

rule rundll32_runs_script_or_disguised_library {
  meta:
    description = "Windows' program that runs libraries is told to run a script, or a library under the name of something else"
    severity = "high"
    technique = "T1218.011"
    harmless = "None that is usual."
  strings:
    $script = /\brundll32(\.exe)?["']?\s+["']?(javascript:|vbscript:|[^\r\n]{0,40}mshtml[^\r\n]{0,20}runhtmlapplication)/ nocase
    $disguised = /\brundll32(\.exe)?["']?\s+["']?[^\r\n,"']{1,120}\.(jpe?g|png|gif|bmp|dat|tmp|txt|pdf|mp4|ico|log)["']?\s*,\s*#?\w/ nocase
    $webdav = /\brundll32(\.exe)?["']?\s[^\r\n]{0,60}davclnt(\.dll)?\s*,\s*davsetcookie/ nocase
  condition:
    any of them
}

rule certutil_fetches {
  meta:
    description = "Windows' program for certificates is told to fetch a file from the network"
    severity = "high"
    technique = "T1105"
    harmless = "Lists of revoked certificates are fetched so; their names end in crl or crt."
  strings:
    $fetch = /\bcertutil(\.exe)?["']?\s[^\r\n]{0,60}[\-\/](urlcache|verifyctl)[^\r\n]{0,80}(https?|ftp):\/\/[^\r\n]{0,200}\.(exe|dll|ps1|txt|bat|vbs|js|hta|zip|dat|png|jpg|b64)/ nocase
  condition:
    $fetch
}

rule certutil_decodes_program {
  meta:
    description = "Windows' program for certificates is told to decode a program"
    severity = "high"
    technique = "T1140"
    harmless = "None that is usual."
  strings:
    $decode = /\bcertutil(\.exe)?["']?\s[^\r\n]{0,40}[\-\/]decode(hex)?\s[^\r\n]{1,200}\.(exe|dll|scr|ps1|vbs|js|bat|hta|com)\b/ nocase
  condition:
    $decode
}

rule bitsadmin_fetches_program {
  meta:
    description = "Windows' transfer service is told to fetch a program"
    severity = "medium"
    technique = "T1197 T1105"
    harmless = "Set-up scripts fetch their maker's installer so."
  strings:
    $fetch = /\bbitsadmin(\.exe)?["']?\s[^\r\n]{0,120}[\/\-](transfer|addfile|setnotifycmdline)[^\r\n]{0,300}\.(exe|dll|scr|ps1|vbs|js|bat|hta)\b/ nocase
  condition:
    $fetch
}

rule batch_fetches_and_starts {
  meta:
    description = "A command file fetches a program into a folder for passing files and starts it"
    severity = "high"
    technique = "T1059.003 T1105"
    harmless = "Set-up scripts fetch installers; they say so and come from the maker."
  strings:
    $fetch = /\b(curl|wget)(\.exe)?\s[^\r\n]{0,200}https?:\/\/[^\r\n]{0,200}(%temp%|%tmp%|%appdata%|%public%|%programdata%|\\users\\public\\)[^\r\n]{0,80}\.(exe|dll|scr|ps1|vbs|js|bat|hta)\b/ nocase
    $fetch_after = /\b(curl|wget)(\.exe)?\s[^\r\n]{0,80}-o\s*["']?(%temp%|%tmp%|%appdata%|%public%|%programdata%)[^\r\n]{0,80}\.(exe|dll|scr|ps1|vbs|js|bat|hta)["']?\s[^\r\n]{0,60}https?:/ nocase
    $place = /%(temp|tmp|appdata|public|programdata)%\\[\w.\-]{1,60}\.(exe|dll|scr|ps1|vbs|js|bat|hta)/ nocase
  condition:
    ($fetch or $fetch_after) and #place > 1
}

rule wmic_runs_remote_stylesheet {
  meta:
    description = "Windows' management command is told to run a stylesheet from the network"
    severity = "high"
    technique = "T1220 T1047"
    harmless = "None that is usual."
  strings:
    $call = /\bwmic(\.exe)?["']?\s[^\r\n]{0,80}\/format\s*:\s*["']?(https?:|\\\\|[^\r\n]{1,60}\.xsl)/ nocase
  condition:
    $call
}

rule signed_program_runs_foreign_code {
  meta:
    description = "A program of Windows is used as a stepping stone to run a command"
    severity = "high"
    technique = "T1202 T1218"
    harmless = "Administrators use some of these on servers; nobody needs them on a gift."
  strings:
    $forfiles = /\bforfiles(\.exe)?\s[^\r\n]{0,120}\/c\s+["']?(cmd|powershell|mshta|0x)/ nocase
    $pcalua = /\bpcalua(\.exe)?\s+-a\s/ nocase
    $conhost = /\bconhost(\.exe)?\s+--headless\b/ nocase
    $scriptrunner = /\bscriptrunner(\.exe)?\s+-appvscript\b/ nocase
    $proxy = /\bssh(\.exe)?\s[^\r\n]{0,60}-o\s*["']?proxycommand\s*=\s*[^\r\n]{0,20}(cmd|powershell|mshta|scp|[a-z]:\\)/ nocase
    $local = /\bssh(\.exe)?\s[^\r\n]{0,60}-o\s*["']?localcommand\s*=/ nocase
    $cmstp = /\bcmstp(\.exe)?\s[^\r\n]{0,40}\/(s|au|ns)\b[^\r\n]{0,80}\.inf/ nocase
    $odbcconf = /\bodbcconf(\.exe)?\s[^\r\n]{0,60}regsvr\b/ nocase
    $msiexec = /\bmsiexec(\.exe)?\s[^\r\n]{0,60}\/q[^\r\n]{0,60}https?:\/\// nocase
    $syncapp = /\bsyncappvpublishingserver(\.vbs|\.exe)?\s[^\r\n]{0,80}(;|net\.webclient)/ nocase
    $pubprn = /\bpubprn\.vbs\s[^\r\n]{0,60}script:/ nocase
    $ftp = /\becho\s+!(cmd|powershell|mshta)[^\r\n]{0,200}ftp(\.exe)?\s+-\w*s:/ nocase
  condition:
    any of them
}

rule destroys_backups {
  meta:
    description = "It removes the copies from which a computer could be restored"
    severity = "high"
    technique = "T1490"
    harmless = "Cleaning scripts remove old copies to gain room; they say so and remove one kind."
  strings:
    $shadow = /vssadmin(\.exe)?["']?\s+delete\s+shadows/ nocase
    $resize = /vssadmin(\.exe)?["']?\s+resize\s+shadowstorage[^\r\n]{0,60}maxsize=4\d\dmb/ nocase
    $wmic = /wmic(\.exe)?["']?\s+shadowcopy\s+[^\r\n]{0,40}delete/ nocase
    $cmdlet = /win32_shadowcopy[^\r\n]{0,120}(delete\(|remove-)/ nocase
    $recovery = /bcdedit(\.exe)?["']?\s+\/set\s+[^\r\n]{0,20}recoveryenabled\s+no/ nocase
    $failures = /bootstatuspolicy\s+ignoreallfailures/ nocase
    $catalog = /wbadmin(\.exe)?["']?\s+delete\s+(catalog|systemstatebackup|backup)/ nocase
  condition:
    2 of them
}

rule wipes_traces {
  meta:
    description = "It empties the records of what happened on the computer"
    severity = "medium"
    technique = "T1070.001"
    harmless = "Administrators empty full records; one of them, and after saving it."
  strings:
    $security = /wevtutil(\.exe)?["']?\s+(cl|clear-log)\s+["']?security/ nocase
    $system = /wevtutil(\.exe)?["']?\s+(cl|clear-log)\s+["']?(system|application)/ nocase
    $all = /wevtutil(\.exe)?\s+(el|enum-logs)[^\r\n]{0,120}wevtutil(\.exe)?\s+(cl|clear-log)/ nocase
    $journal = /fsutil(\.exe)?\s+usn\s+deletejournal/ nocase
  condition:
    $all or ($security and $system) or ($journal and any of ($security, $system))
}

rule adds_hidden_administrator {
  meta:
    description = "It adds a user with administrator rights"
    severity = "medium"
    technique = "T1136.001 T1098"
    harmless = "Set-up scripts of administrators do this on new computers."
  strings:
    $user = /\bnet1?(\.exe)?\s+user\s+[^\r\n]{1,60}\s\/add\b/ nocase
    $group = /\bnet1?(\.exe)?\s+localgroup\s+["']?(administrators|administratoren|administrateurs|remote desktop users)["']?\s+[^\r\n]{1,40}\s\/add\b/ nocase
  condition:
    all of them
}

rule opens_remote_desktop {
  meta:
    description = "It opens the computer to remote control and lowers its firewall or adds a user"
    severity = "high"
    technique = "T1021.001 T1562.004"
    harmless = "Administrators open remote control on new computers, by a policy and not from a gift."
  strings:
    $remote = /fdenytsconnections[^\r\n]{0,60}\b0(x0)?\b/ nocase
    $firewall = /netsh(\.exe)?\s+(adv)?firewall\s+[^\r\n]{0,120}(3389|remote desktop|state\s+off|opmode\s+disable)/ nocase
    $user = /\bnet1?(\.exe)?\s+user\s+[^\r\n]{1,60}\s\/add\b/ nocase
  condition:
    $remote and any of ($firewall, $user)
}

rule lowers_firewall {
  meta:
    description = "It switches the computer's firewall off"
    severity = "medium"
    technique = "T1562.004"
    harmless = "Scripts that look for faults in a network do so for a moment and switch it on again."
  strings:
    $off = /netsh(\.exe)?\s+advfirewall\s+set\s+(all|public|private|domain|current)profiles?\s+state\s+off/ nocase
    $on = /netsh(\.exe)?\s+advfirewall\s+set\s+(all|public|private|domain|current)profiles?\s+state\s+on/ nocase
    $old = /netsh(\.exe)?\s+firewall\s+set\s+opmode\s+(mode=)?disable/ nocase
  condition:
    ($off or $old) and not $on
}

rule batch_spreads_to_drives {
  meta:
    description = "A command file copies itself to drives and hides there or makes them start it"
    severity = "high"
    technique = "T1091"
    harmless = "None that is usual: command files don't copy themselves."
  strings:
    $copy = /\b(x?copy|robocopy)(\.exe)?\s+[^\r\n]{0,20}(%0|%~f0|%~nx0|%~dpnx0)/ nocase
    $drives = /for\s+%%\w\s+in\s*\(\s*[c-z]:?[\s,][^\r\n]{0,80}\)\s*do|wmic\s+logicaldisk|fsutil\s+fsinfo\s+drives/ nocase
    $settle = /autorun\.inf|attrib(\.exe)?\s+[^\r\n]{0,12}\+[hs]/ nocase
  condition:
    $copy and any of ($drives, $settle)
}

rule batch_settles_in_startup {
  meta:
    description = "A command file copies itself to where Windows starts programs"
    severity = "high"
    technique = "T1547.001"
    harmless = "None that is usual."
  strings:
    $copy = /\b(x?copy|move)(\.exe)?\s+[^\r\n]{0,20}["']?(%0|%~f0|%~nx0|%~dpnx0)["']?\s+[^\r\n]{0,120}\\start(up| menu)/ nocase
    $key = /\breg(\.exe)?\s+add\s[^\r\n]{0,60}\\currentversion\\run[^\r\n]{0,160}(%0|%~f0|%~dpnx0)/ nocase
  condition:
    any of them
}

rule replaces_logon_helper {
  meta:
    description = "It puts another program in the place of one that can be started before anybody has signed in"
    severity = "high"
    technique = "T1546.008 T1546.012"
    harmless = "Instructions for a lost password work like this."
  strings:
    $debugger = /image file execution options\\(sethc|utilman|osk|magnify|narrator|displayswitch|atbroker)\.exe[^\r\n]{0,120}debugger/ nocase
    $copy = /\b(copy|move|ren)(\.exe)?\s+[^\r\n]{0,80}(cmd|powershell|explorer)\.exe["']?\s+[^\r\n]{0,80}(sethc|utilman|osk|magnify|narrator)\.exe/ nocase
  condition:
    any of them
}

rule destroys_files {
  meta:
    description = "It removes or overwrites everything on a drive"
    severity = "high"
    technique = "T1485 T1561"
    harmless = "Scripts that set up a computer anew; nobody gives them away."
  strings:
    $rd = /(^|[\r\n&\(\s])(rd|rmdir|del|erase)\s+(\/[sqfa](:\w)?\s+){2,4}["']?(c:\\(\*(\.\*)?|windows(\\system32)?)?|%systemdrive%\\?(\*(\.\*)?)?|%systemroot%\\?(\*)?)["']?\s*([\r\n&>]|$)/ nocase
    $format = /(^|[\r\n&\(\s])(echo\s+y\s*\|\s*)?format\s+c:\s+[^\r\n]{0,30}\/(y|q|x)\b/ nocase
    $cipher = /physicaldrive0[^\r\n]{0,120}(write|of=)|of=\\\\\.\\physicaldrive0/ nocase
  condition:
    any of them
}

rule endless_copies {
  meta:
    description = "It starts copies of itself until the computer stands still"
    severity = "medium"
    technique = "T1499"
    harmless = "A prank; the computer has to be switched off."
  strings:
    $batch = /(^|[\r\n\s])%0\s*\|\s*%0(\s|$)/
    $shell = /:\s*\(\)\s*\{\s*:\s*\|\s*:\s*&\s*\}\s*;\s*:/
  condition:
    any of them
}

rule collects_documents {
  meta:
    description = "It copies people's documents onto the medium that it is on"
    severity = "medium"
    technique = "T1005 T1052.001"
    harmless = "Backup scripts do this; ask whose it is and why it came with the gift."
  strings:
    $copy = /\b(x?copy|robocopy)(\.exe)?\s[^\r\n]{0,40}%(userprofile|homepath|appdata|localappdata)%[^\r\n]{0,160}(%~d0|%~dp0|%cd%|%drive%)[^\r\n]{0,160}(\/q|\/h|>\s*nul|\/nfl|\/njh)/ nocase
  condition:
    all of them
}
