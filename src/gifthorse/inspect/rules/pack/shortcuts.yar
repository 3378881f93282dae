// Windows shortcuts, their texts written out as lines.

rule shortcut_carries_file_in_itself {
  meta:
    description = "A shortcut carries a program or script in itself and digs it out when it is opened"
    severity = "critical"
    technique = "T1027.012 T1204.002"
    harmless = "None: shortcuts are small and carry nothing."
  strings:
    $dig = /(findstr|find|more|get-content|\bgc\b|readallbytes|readalltext|filestream|certutil|mshta)[^\r\n]{0,300}\.lnk\b/ nocase
    $large = /\.lnk["']?[^\r\n]{0,200}(\.length\s*-eq|-eq\s*0x0*[0-9a-f]{4,}|\.seek\(|-skip|select\s+-last|readcount|substring)/ nocase
  condition:
    any of them
}

rule shortcut_with_foreign_content {
  meta:
    description = "Behind the shortcut's own data lies a program, an archive or a script"
    severity = "critical"
    technique = "T1027.012"
    harmless = "None: shortcuts are small and carry nothing."
  strings:
    $program = "This program cannot be run in DOS mode"
    $archive = { 50 4B 03 04 (0A | 14) 00 }
    $cabinet = { 4D 53 43 46 00 00 00 00 }
    $page = /<(hta:application|script\b|html\b)/ nocase
    $pdf = "%PDF-1."
  condition:
    any of them
}

rule shortcut_dressed_as_document {
  meta:
    description = "A shortcut to an interpreter wears the picture of a document"
    severity = "high"
    technique = "T1036 T1204.002"
    harmless = "None that is usual."
  strings:
    $program = /(powershell|\bcmd|mshta|wscript|cscript|rundll32|regsvr32|conhost|forfiles|ssh|curl|msiexec)(\.exe)?["\s]/ nocase
    $picture = /(winword|excel|powerpnt|acrord32|acrobat|foxit\w*|msedge|chrome|wordpad|notepad|imageres\.dll|photoviewer\.dll)[^\r\n]{0,60}(\.exe|\.dll)?[,\s]|\.(pdf|docx?|xlsx?|jpe?g|txt|mp4)["']?\s*,?\s*-?\d*\r?\n/ nocase
    $arguments = /\/c\s|-w(in(dowstyle)?)?\s+h|-e(nc)?\s|https?:|\\\\\d|javascript:|hidden/ nocase
  condition:
    all of them
}

rule shortcut_spells_its_command {
  meta:
    description = "A shortcut spells its command so that nobody can read it"
    severity = "high"
    technique = "T1027.010"
    harmless = "None that is usual."
  strings:
    $carets = /([a-z]\^){4}/ nocase
    $slices = /%(comspec|programfiles|public|pathext|os|systemroot|appdata):~-?\d+,\s*-?\d+%/ nocase
    $for = /for\s+\/f[^\r\n]{0,120}delims=[^\r\n]{0,120}\bdo\b[^\r\n]{0,60}%/ nocase
    $set = /set\s+\w{1,12}=[^\r\n&]{1,60}&&?\s*(set\s+\w{1,12}=[^\r\n&]{1,60}&&?\s*){2}/ nocase
    $delayed = /\/v(:on)?\b[^\r\n]{0,300}!\w{1,12}!/ nocase
  condition:
    any of them
}
