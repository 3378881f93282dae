// Office documents, rich text, PDF and notebooks, as bytes.

rule document_with_old_equation {
  meta:
    description = "A formula of the old equation editor, whose faults were used to break in"
    severity = "low"
    technique = "T1203"
    harmless = "Documents with formulas written before 2018 hold these."
  strings:
    $class = { 02 CE 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
    $stream = "Equation Native" wide
  condition:
    uint32(0) == 0xE011CFD0 and any of them
}

rule rich_text_equation_that_loads_itself {
  meta:
    description = "A text brings an object for the old equation editor that is loaded without being asked"
    severity = "high"
    technique = "T1203"
    harmless = "None: formulas don't need to be loaded at opening."
  strings:
    $rtf = "{\\rt"
    $update = /\\obj(update|autlink)/
    $name = /\\objclass\s+equation\.[23]/ nocase
    $hex = /65\s*71\s*75\s*61\s*74\s*69\s*6f\s*6e\s*2e\s*3[23]/ nocase
    $class = /02\s*ce\s*02\s*00\s*00\s*00\s*00\s*00\s*c0\s*00\s*00\s*00\s*00\s*00\s*00\s*46/ nocase
  condition:
    $rtf in (0..64) and ($update and any of ($name, $hex, $class))
}

rule rich_text_link_that_loads_itself {
  meta:
    description = "A text fetches an object from elsewhere without being asked"
    severity = "high"
    technique = "T1221 T1203"
    harmless = "Texts linked to a table of the same company; the link then names a file server."
  strings:
    $rtf = "{\\rt"
    $update = /\\objupdate/
    $link = /4f\s*4c\s*45\s*32\s*4c\s*69\s*6e\s*6b/ nocase
    $moniker = /e0\s*c9\s*ea\s*79\s*f9\s*ba\s*ce\s*11\s*8c\s*82\s*00\s*aa\s*00\s*4b\s*a9\s*0b/ nocase
    $address = /68\s*00\s*74\s*00\s*74\s*00\s*70\s*00/ nocase
  condition:
    $rtf in (0..64) and ($link or $moniker) and ($update or $address)
}

rule rich_text_with_bent_beginning {
  meta:
    description = "A text begins in a way that only serves to deceive filters, and brings an object"
    severity = "high"
    technique = "T1027"
    harmless = "None: programs write the beginning by the book."
  strings:
    $object = /\\objdata|\\object/
    $short = /^\{\\rt([^f]|f[^1\s\\a])/
  condition:
    $short at 0 and $object
}

rule document_fetches_object_by_address {
  meta:
    description = "The document fetches an object from a web address as soon as it is opened"
    severity = "high"
    technique = "T1221"
    harmless = "None that is usual."
  strings:
    $moniker = { E0 C9 EA 79 F9 BA CE 11 8C 82 00 AA 00 4B A9 0B }
    $script = { 4F 26 F0 06 36 C8 CF 11 97 9B 00 AA 00 44 52 D1 }
    $address = "http" wide
    $link = "OLE2Link"
    $linked = { 00 03 00 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
  condition:
    uint32(0) == 0xE011CFD0 and $address and ($moniker or $script) and ($link or $linked)
}

rule document_holds_browser_or_script_object {
  meta:
    description = "The document holds an object that runs pages or scripts"
    severity = "high"
    technique = "T1203 T1559"
    harmless = "Very old forms of companies hold a browser window."
  strings:
    $explorer = { C3 2A B2 EA C1 30 CF 11 A7 EB 00 00 C0 5B AE 0B }
    $browser = { 61 F9 56 88 0A 34 D0 11 A9 6B 00 C0 4F D7 05 A2 }
    $page = { 20 69 33 25 F9 03 CF 11 8F D0 00 AA 00 68 6F 13 }
    $control = { D5 F1 59 0E BE 1F D0 11 8F F2 00 A0 D1 00 38 BC }
  condition:
    uint32(0) == 0xE011CFD0 and any of them
}

rule document_with_flash {
  meta:
    description = "The document holds a film of a player that is no longer supported and was often used to break in"
    severity = "low"
    technique = "T1203"
    harmless = "Presentations made before 2015 hold these."
  strings:
    $class = { 6E DB 7C D2 6D AE CF 11 96 B8 44 45 53 54 00 00 }
    $name = "ShockwaveFlash.ShockwaveFlash" ascii wide
  condition:
    uint32(0) == 0xE011CFD0 and any of them
}

rule pdf_breaks_reader {
  meta:
    description = "A PDF calls functions of the reader in a way that was used to break in"
    severity = "high"
    technique = "T1203"
    harmless = "None that is usual."
  strings:
    $printf = /util\.printf\s*\(\s*["']%\d{4,}/
    $mail = /collab\.collectEmailInfo\s*\(/ nocase
    $icon = /collab\.getIcon\s*\(\s*[^\)]{0,20}(unescape|\+)/ nocase
    $player = /media\.newPlayer\s*\(\s*null/
    $spray = /unescape\s*\(\s*["']%u[0-9a-f]{4}%u[0-9a-f]{4}/ nocase
  condition:
    uint32(0) == 0x46445025 and any of them
}

rule pdf_gives_logon_away {
  meta:
    description = "A PDF opens a file on another computer by itself, which gives away the reader's logon"
    severity = "high"
    technique = "T1187"
    harmless = "Documents of a company that point to its own file server."
  strings:
    $action = /\/(AA|OpenAction)\b/
    $remote = /\/S\s*\/(GoToR|GoToE|ImportData|SubmitForm)\b/
    $address = /\/F\s*\(\s*\\\\\\\\[\w.\-]{3,80}\\\\/
  condition:
    uint32(0) == 0x46445025 and all of them
}

rule notebook_with_script {
  meta:
    description = "A notebook holds a script or a command behind what it shows"
    severity = "high"
    technique = "T1204.002 T1566.001"
    harmless = "Notes about programming hold such text as writing, not as a file."
  strings:
    $file = { E7 16 E3 BD 65 26 11 45 A4 C4 8D 4D 0B 7A 9E AC }
    $hta = /<hta:application|<script[^>]{0,40}(vbscript|jscript)/ nocase
    $shell = /wscript\.shell|powershell(\.exe)?\s+-/ nocase
  condition:
    $file and $hta and $shell
}
