// Texts and tables that work on people or on the program that opens them.

rule table_starts_command {
  meta:
    description = "A table in plain text starts a command when a spreadsheet program opens it"
    severity = "high"
    technique = "T1559.002 T1204.002"
    harmless = "None that is usual."
  strings:
    $dde = /(^|[\r\n,;\t"])[ ]{0,4}["']?[=@+\-][^\r\n]{0,80}\b(cmd|msexcel|powershell|mshta|regsvr32|rundll32|excel|certutil|wmic)\s*\|\s*['"][^\r\n]{1,300}['"]\s*!/ nocase
    $hyperlink = /(^|[\r\n,;\t"])=hyperlink\(\s*"+https?:[^\r\n]{0,200}["&][^\r\n]{0,20}&\s*\$?[a-z]{1,2}\$?\d+/ nocase
    $service = /(^|[\r\n,;\t"])=(webservice|importxml|importdata)\(\s*"+https?:[^\r\n]{0,200}&\s*\$?[a-z]{1,2}\$?\d+/ nocase
  condition:
    any of them
}

rule symbolic_link_table_starts_command {
  meta:
    description = "An old kind of table starts a command when it is opened"
    severity = "high"
    technique = "T1559.002 T1059"
    harmless = "None that is usual."
  strings:
    $start = /^ID;P/
    $command = /\n[CEO][;K][^\r\n]{0,200}(EXEC\(|CALL\(|SHELL\(|cmd\|)/ nocase
  condition:
    $start at 0 and $command
}

rule query_fetches_from_web {
  meta:
    description = "A query makes a spreadsheet program fetch and take in what another computer sends"
    severity = "medium"
    technique = "T1221"
    harmless = "Queries of a company to its own server."
  strings:
    $query = /^\s*WEB\s*\r?\n1\s*\r?\nhttps?:\/\//
  condition:
    $query at 0
}

rule ransom_note {
  meta:
    description = "A letter that demands money for files: they were encrypted before, here or where the medium was"
    severity = "medium"
    technique = "T1486"
    harmless = "Articles about such letters quote them."
  strings:
    $files = /(your|all|all of your|all your)\s+(important\s+|network\s+|company\s+)?(files|data|documents|servers)\s+(have\s+been|has\s+been|are|were)\s+(encrypted|locked|stolen)/ nocase
    $pay = /\b(bitcoin|btc|monero|xmr)\b/ nocase
    $contact = /(\.onion\b|tor browser|protonmail|tutanota|onionmail|session id|qtox|tox id)/ nocase
    $warn1 = /do\s+not\s+(rename|modify|try\s+to\s+(decrypt|recover))/ nocase
    $warn2 = /(permanent(ly)?|irreversibl[ey])\s+(data\s+loss|los[et]|damaged?)|will\s+be\s+(published|leaked|sold|deleted)/ nocase
    $proof = /decrypt\s+(one|1|two|2|three|3|a few|several)\s+(test\s+)?files?[^\r\n]{0,20}(for\s+)?free|free\s+decryption/ nocase
    $id = /(your\s+)?(personal|unique|victim|client)\s+(id|key|identifier)\s*[:=]/ nocase
  condition:
    filesize < 100KB and $files and ($pay or $contact) and 2 of ($warn1, $warn2, $proof, $id, $contact)
}
