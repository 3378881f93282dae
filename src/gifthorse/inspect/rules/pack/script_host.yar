// Visual Basic Script, JScript, HTML applications and scriptlets that Windows runs by itself.

rule script_fetches_saves_and_starts {
  meta:
    description = "A script fetches a file, saves it and starts it"
    severity = "high"
    technique = "T1059.005 T1059.007 T1105"
    harmless = "Old installation scripts; their address is their maker's."
  strings:
    $fetch = /(createobject|activexobject)\s*\(\s*["']((microsoft|msxml2)\.(server)?xmlhttp|winhttp\.winhttprequest)/ nocase
    $save = /adodb\.stream|savetofile|\.createtextfile/ nocase
    $start = /\.run\b|\.exec\b|shellexecute|win32_process/ nocase
  condition:
    all of them
}

rule script_starts_interpreter_unseen {
  meta:
    description = "A script starts another interpreter without a window"
    severity = "high"
    technique = "T1059.005 T1564.003"
    harmless = "Small launchers that hide a black window; the command in them is readable and names a program that you know."
  strings:
    $run = /\.run[\s\(]+["'][^\r\n]{0,300}(powershell|mshta|cmd(\.exe)?\s+\/c|certutil|bitsadmin|regsvr32|rundll32|curl)[^\r\n]{0,600}["']\s*,\s*(0|vbhide)\b/ nocase
    $execute = /shellexecute[\s\(]+["'](powershell|mshta|cmd|regsvr32|rundll32)(\.exe)?["'][^\r\n]{0,600},\s*0\b/ nocase
  condition:
    any of them
}

rule script_spreads_to_drives {
  meta:
    description = "A script copies itself to every drive that is plugged in"
    severity = "high"
    technique = "T1091"
    harmless = "None that is usual: scripts don't copy themselves."
  strings:
    $self = /wscript\.scriptfullname|scriptfullname/ nocase
    $drives = /\.drives\b|drivetype\s*=+\s*1|isready/ nocase
    $copy = /\.copyfile|\.copy\b|createshortcut/ nocase
  condition:
    all of them
}

rule script_hides_files_behind_shortcuts {
  meta:
    description = "A script hides files and makes shortcuts in their place"
    severity = "high"
    technique = "T1091 T1564.001 T1547.009"
    harmless = "None that is usual."
  strings:
    $shortcut = "CreateShortcut" nocase
    $each = /for\s+each\s+\w+\s+in\s+[^\r\n]{0,60}(files|subfolders)|enumerator\(/ nocase
    $hide = /\.attributes\s*=\s*(2|6|7|39)|attrib(\.exe)?\s+[^\r\n]{0,20}\+[hs]/ nocase
  condition:
    all of them
}

rule script_settles_in_startup {
  meta:
    description = "A script copies itself to where Windows starts programs"
    severity = "high"
    technique = "T1547.001"
    harmless = "None that is usual: honest programs bring an installer."
  strings:
    $self = /wscript\.scriptfullname/ nocase
    $startup = /specialfolders\(\s*["']startup["']\)|\\start menu\\programs\\startup|\\currentversion\\run/ nocase
    $copy = /\.copyfile|\.copy\b|\.regwrite/ nocase
  condition:
    all of them
}

rule script_starts_process_through_wmi {
  meta:
    description = "A script starts a process through Windows' management service, unseen"
    severity = "medium"
    technique = "T1047 T1564.003"
    harmless = "Administration scripts do this to other computers of their company."
  strings:
    $service = /winmgmts:/ nocase
    $process = /win32_process\b/ nocase
    $hidden = /showwindow\s*=\s*(0|hidden_window|sw_hide)|hidden_window\s*=\s*(0|12)/ nocase
    $create = /\.create[\s\(]/ nocase
  condition:
    all of them
}

rule script_unpacks_program {
  meta:
    description = "A script turns encoded text into a file and starts it"
    severity = "high"
    technique = "T1027.009 T1140"
    harmless = "Scripts that bring a picture along decode it, but don't start it."
  strings:
    $decode = /bin\.base64|bin\.hex|nodetypedvalue/ nocase
    $save = /savetofile|\.write\b/ nocase
    $start = /\.run\b|\.exec\b|shellexecute/ nocase
    $object = /createobject|activexobject/ nocase
  condition:
    all of them
}

rule scriptlet_that_starts_programs {
  meta:
    description = "A scriptlet, which Windows can be told to run from anywhere, starts programs"
    severity = "high"
    technique = "T1218.010"
    harmless = "Parts of very old programs; those are registered by an installer."
  strings:
    $scriptlet = /<(scriptlet|component)\b/ nocase
    $registration = /<registration\b/ nocase
    $start = /wscript\.shell|shell\.application|winmgmts:/ nocase
  condition:
    all of them
}

rule html_application_unseen {
  meta:
    description = "An HTML application keeps out of sight and starts programs"
    severity = "high"
    technique = "T1218.005"
    harmless = "Company tools made as HTML applications show a window."
  strings:
    $application = /<hta:application\b/ nocase
    $unseen = /showintaskbar\s*=\s*["']?no|windowstate\s*=\s*["']?minimize|(resizeto|moveto)\s*\(\s*(0|-\d+)\s*,|window\.close\(|self\.close/ nocase
    $start = /wscript\.shell|shell\.application|winmgmts:/ nocase
  condition:
    all of them
}

rule stylesheet_that_starts_programs {
  meta:
    description = "A stylesheet brings a script that starts programs"
    severity = "high"
    technique = "T1220"
    harmless = "None that is usual."
  strings:
    $sheet = /<(xsl:)?stylesheet\b/ nocase
    $script = /<(ms|msxsl|user):script\b/ nocase
    $start = /activexobject|wscript\.shell|process\.start/ nocase
  condition:
    all of them
}

rule script_revives_dotnet_objects {
  meta:
    description = "A script revives a .NET program out of encoded text"
    severity = "high"
    technique = "T1620 T1059.007"
    harmless = "None that is usual."
  strings:
    $formatter = "Runtime.Serialization.Formatters.Binary.BinaryFormatter" nocase
    $revive = /deserialize(_2)?\b/ nocase
    $object = /createobject|activexobject/ nocase
  condition:
    all of them
}

rule script_writes_another_script {
  meta:
    description = "It writes a second script line by line and starts it"
    severity = "high"
    technique = "T1059.003 T1059.005"
    harmless = "Old set-up scripts do this to make a shortcut; the lines are readable and make nothing else."
  strings:
    $line = /echo\s[^\r\n]{0,200}(createobject|xmlhttp|adodb\.stream|wscript\.shell|activexobject)[^\r\n]{0,200}>+\s*["']?[^\r\n]{0,60}\.(vbs|js|hta|ps1)/ nocase
    $start = /(wscript|cscript|mshta|start|powershell)(\.exe)?\s[^\r\n]{0,80}\.(vbs|js|hta|ps1)/ nocase
    $fetch = /xmlhttp|winhttp|adodb\.stream|\.run\b/ nocase
  condition:
    all of them
}

rule script_blinds_scanner_by_registry {
  meta:
    description = "A script switches Windows' scanner of scripts off in the registry"
    severity = "high"
    technique = "T1562.001"
    harmless = "None that is usual."
  strings:
    $key = /windows script(\\\\|\\)settings(\\\\|\\)amsienable/ nocase
  condition:
    $key
}
