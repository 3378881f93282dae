// The text of macros (Visual Basic for Applications and Basic).

rule macro_starts_command {
  meta:
    description = "A macro starts an interpreter or a command"
    severity = "high"
    technique = "T1059.005 T1204.002"
    harmless = "Macros of a company start its own programs; the command names one that you know."
  strings:
    $shell = /\bshell\s*\(?\s*["'][^\r\n]{0,40}(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|curl)\b/ nocase
    $object = /(createobject|getobject)\s*\(\s*["'](wscript\.shell|shell\.application|new:\{?72c24dd5|new:\{?f935dc22|new:\{?13709620)/ nocase
    $run = /\.(run|exec|shellexecute)\b/ nocase
    $wmi = /getobject\s*\(\s*["']winmgmts:/ nocase
    $create = /\.create\b|win32_process/ nocase
    $task = /schedule\.service/ nocase
    $register = /registertaskdefinition/ nocase
  condition:
    $shell or ($object and $run) or ($wmi and $create) or ($task and $register)
}

rule macro_fetches_file {
  meta:
    description = "A macro fetches a file from the network"
    severity = "high"
    technique = "T1105 T1059.005"
    harmless = "Macros that fetch exchange rates read a page, and save no program."
  strings:
    $api = /urldownloadtofile/ nocase
    $request = /(msxml2|microsoft)\.(server)?xmlhttp|winhttp\.winhttprequest|internetexplorer\.application/ nocase
    $save = /adodb\.stream|savetofile|open\s[^\r\n]{1,120}\sfor\s+binary|\.createtextfile/ nocase
  condition:
    $api or ($request and $save)
}

rule macro_runs_machine_code {
  meta:
    description = "A macro puts machine code into memory and runs it"
    severity = "critical"
    technique = "T1055 T1106"
    harmless = "None that is usual."
  strings:
    $declare = /\bdeclare\s+(ptrsafe\s+)?(function|sub)\b/ nocase
    $alloc = /virtualalloc(ex)?|heapcreate|ntallocatevirtualmemory/ nocase
    $copy = /rtlmovememory|writeprocessmemory|ntwritevirtualmemory/ nocase
    $run = /createthread|createremotethread|enumsystemlanguagegroups|enumdatefor|callwindowproc|enumwindows|queueuserapc|createtimerqueuetimer/ nocase
  condition:
    $declare and $alloc and ($copy or $run)
}

rule macro_writes_and_starts_program {
  meta:
    description = "A macro writes a program into a folder for passing files and starts it"
    severity = "high"
    technique = "T1105 T1204.002"
    harmless = "None that is usual."
  strings:
    $place = /environ\$?\s*\(\s*["'](temp|tmp|appdata|localappdata|public|userprofile|programdata)["']/ nocase
    $write = /for\s+(binary|output)\b|\.createtextfile|savetofile|filecopy\b|\.copyfile/ nocase
    $program = /\.(exe|dll|scr|vbs|js|hta|ps1|bat|cmd|lnk|cpl)\b["']/ nocase
    $start = /\bshell\b|\.run\b|shellexecute|\.exec\b|\.open\b/ nocase
  condition:
    all of them
}

rule macro_copies_itself {
  meta:
    description = "A macro copies itself into other documents"
    severity = "high"
    technique = "T1080 T1137.001"
    harmless = "Tools for macro programmers do this, and say so."
  strings:
    $project = /\.vbproject\b|vbcomponents/ nocase
    $insert = /\.(addfromstring|insertlines|addfromfile|import|export)\b|organizercopy/ nocase
    $self = /normaltemplate|activedocument|thisdocument|thisworkbook|activeworkbook|macrocontainer/ nocase
  condition:
    all of them
}

rule macro_lowers_protection {
  meta:
    description = "A macro changes the settings that keep macros from running"
    severity = "high"
    technique = "T1562.001 T1112"
    harmless = "None that is usual."
  strings:
    $key = /\\security\\(vbawarnings|accessvbom|level)|protectedview\\disable/ nocase
    $write = /regwrite|system\.privateprofilestring|createobject\s*\(\s*["']wscript\.shell|setdwordvalue/ nocase
  condition:
    all of them
}

rule macro_keeps_commands_in_document {
  meta:
    description = "A macro takes its commands out of the document's properties, comments or form fields and runs them"
    severity = "high"
    technique = "T1027 T1059.005"
    harmless = "Templates fill in names from properties; they run nothing from there."
  strings:
    $store = /(builtindocumentproperties|customdocumentproperties|activedocument\.variables|\.alternativetext|\.controltiptext|\.tag\b|worksheetfunction|\.comments\s*\()/ nocase
    $run = /(\bshell\b\s*\(?|\.run\s*\(?|\.exec\s*\(?|\.create\s*\(?)\s*[^\r\n]{0,40}(builtindocumentproperties|customdocumentproperties|\.variables|alternativetext|controltiptext|\.tag\b|\.comments)/ nocase
  condition:
    all of them
}

rule macro_looks_whether_it_is_watched {
  meta:
    description = "A macro looks for signs that it is being examined before it acts"
    severity = "high"
    technique = "T1497"
    harmless = "None that is usual."
  strings:
    $recent = /recentfiles\.count\s*[<>]/ nocase
    $machine = /win32_(computersystem|bios|fan|videocontroller)|vmware|virtualbox|sandbox/ nocase
    $tasks = /tasks\.exists|application\.tasks/ nocase
    $domain = /environ\$?\s*\(\s*["'](userdomain|logonserver|computername)["']/ nocase
    $act = /\bshell\b|createobject|declare\s+(ptrsafe\s+)?function/ nocase
    $stop = /\b(exit\s+sub|application\.quit|end\b|\.close\b)/ nocase
  condition:
    $act and $stop and (2 of ($recent, $machine, $tasks, $domain) or $recent)
}

rule macro_spells_its_words {
  meta:
    description = "A macro puts its words together from single signs so that nobody can read them"
    severity = "high"
    technique = "T1027.010"
    harmless = "Makers protect their macros so; then the document is one that you bought."
  strings:
    $chr = /chr[bw]?\$?\s*\(\s*(&h)?[0-9a-f]{1,4}(\s*[\-+xor*]+\s*\d+)?\s*\)\s*&\s*chr/ nocase
    $reverse = /strreverse\s*\(\s*["'][^"'\r\n]{4,}/ nocase
    $xor = /\bchr\$?\s*\([^\r\n]{0,60}\bxor\b/ nocase
    $pieces = /["'][a-z]{1,3}["']\s*[&+]\s*["'][a-z]{1,3}["']\s*[&+]\s*["'][a-z]{1,3}["']\s*[&+]\s*["'][a-z]{1,3}["']/ nocase
  condition:
    #chr > 10 or #reverse > 1 or $xor or #pieces > 2
}

rule macro_of_mac_starts_command {
  meta:
    description = "A macro starts a command on a Mac"
    severity = "high"
    technique = "T1059.002 T1204.002"
    harmless = "Templates for Macs open folders so; the command then is readable and short."
  strings:
    $script = /macscript\s*\(|applescripttask|popen\s*\(/ nocase
    $command = /do shell script|curl\s|python|bash|\/bin\/sh|base64/ nocase
  condition:
    all of them
}
