// Web pages, vector pictures and markup.

rule page_makes_people_run_commands {
  meta:
    description = "A page puts a command into the clipboard and tells people to run it"
    severity = "high"
    technique = "T1204.004 T1059.001"
    harmless = "Instructions for programmers offer commands for copying; they don't pretend that it is a check."
  strings:
    $copy = /clipboard\.writeText\s*\(|execCommand\s*\(\s*["']copy["']/ nocase
    $command = /(powershell(\.exe)?\s+[^\r\n]{0,40}(-w|-enc|-e |-ep|-nop|-c )|mshta(\.exe)?\s+https?:|cmd(\.exe)?\s+\/c\s+[^\r\n]{0,60}(curl|powershell|mshta)|\biex\s*[\(\s][^\r\n]{0,60}(irm|iwr|http)|osascript\s+-e|curl\s[^\r\n"'`]{0,120}\|\s*(ba|z)?sh)/ nocase
    $told = /(win(dows)?(\s*key|\s*logo)?|⊞)[\s<\/\w>="'-]{0,40}\+[\s<\/\w>="'-]{0,40}\bR\b|ctrl[\s<\/\w>="'-]{0,40}\+[\s<\/\w>="'-]{0,40}\bV\b|not a robot|verif(y|ication)|captcha|open terminal|spotlight/ nocase
  condition:
    all of them
}

rule page_sends_password_to_chat {
  meta:
    description = "A page asks for a password and sends it to a chat service or a plain script elsewhere"
    severity = "high"
    technique = "T1566 T1056.003"
    harmless = "None: no firm takes passwords over a chat."
  strings:
    $password = /<input[^>]{0,300}type\s*=\s*["']?password/ nocase
    $chat = /api\.telegram\.org\/bot|discord(app)?\.com\/api\/webhooks|formspree\.io|submit-form\.com|formsubmit\.co/ nocase
  condition:
    all of them
}

rule page_is_saved_login {
  meta:
    description = "A page lying on a medium imitates the sign-in of a well-known service"
    severity = "medium"
    technique = "T1566 T1056.003"
    harmless = "A saved page of the real service; its form still leads to the service."
  strings:
    $password = /<input[^>]{0,300}type\s*=\s*["']?password/ nocase
    $brand = /(<title>[^<]{0,60}(sign in|log ?in|anmelden|connexion)[^<]{0,60}(microsoft|outlook|office 365|google|gmail|apple id|icloud|docusign|dropbox|adobe|onedrive|sharepoint))|(<title>[^<]{0,40}(microsoft|outlook|office 365|google|gmail|apple id|icloud|docusign|dropbox|adobe|onedrive|sharepoint)[^<]{0,40}(sign in|log ?in|anmelden|connexion))/ nocase
    $form = /<form[^>]{0,300}action\s*=\s*["']https?:\/\/[^"']{4,200}["']/ nocase
    $script = /(atob\s*\(|fetch\s*\(\s*["']https?:|\$\.(ajax|post)\s*\(|XMLHttpRequest)/ nocase
    $honest = /<form[^>]{0,300}action\s*=\s*["']https:\/\/([\w\-]+\.)*(microsoft|live|microsoftonline|google|apple|icloud|docusign|dropbox|adobe|sharepoint)\.com[\/"']/ nocase
  condition:
    $password and $brand and ($form or $script) and not $honest
}

rule page_opens_remote_search {
  meta:
    description = "A page opens a search in Windows that shows files of another computer as if they were your own"
    severity = "high"
    technique = "T1204.002 T1021"
    harmless = "None that is usual."
  strings:
    $search = /search(-ms)?:[^\s"'<>]{0,300}(crumb=location:|location(%3a|:))[^\s"'<>]{0,20}(\\\\|%5c%5c|https?)/ nocase
  condition:
    $search
}

rule page_calls_troubleshooter {
  meta:
    description = "It calls Windows' trouble-shooter or another helper in a way that makes it run commands"
    severity = "high"
    technique = "T1203 T1218"
    harmless = "None that is usual."
  strings:
    $msdt = /ms-msdt:[\/\-]?[^\r\n]{0,300}(IT_BrowseForFile|IT_RebrowseForFile|IT_LaunchMethod)/ nocase
    $officecmd = /ms-officecmd:[^\r\n]{0,300}(filename|appId|LaunchOffice)/ nocase
    $installer = /ms-appinstaller:\?source=https?:/ nocase
    $mhtml = /mhtml:https?:\/\/[^\s"'<>]{1,200}!x-usc:https?:/ nocase
  condition:
    any of them
}

rule page_fetches_from_file_server {
  meta:
    description = "It fetches something from a file server as soon as it is shown, which gives away the reader's logon"
    severity = "high"
    technique = "T1187"
    harmless = "Pages made inside a company point to its own servers by name."
  strings:
    $address = /(src|href|background|data|url)\s*[=\(]\s*["']?(file:\/\/\/?\/?\/?|\\\\)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}[\\\/@]/ nocase
    $webdav = /(src|background|data)\s*=\s*["']?(file:)?(\/\/|\\\\)[\w.\-]{4,80}@(ssl|80|443|8080)[\\\/@]/ nocase
  condition:
    any of them
}

rule page_starts_programs {
  meta:
    description = "A page holds a script that starts programs when Windows opens it as an application or help page"
    severity = "high"
    technique = "T1218.005 T1059.005"
    harmless = "Tools made by administrators for their own company."
  strings:
    $script = /<script\b/ nocase
    $object = /(createobject|activexobject)\s*\(\s*["'](wscript\.shell|shell\.application)["']/ nocase
    $start = /\.(run|exec|shellexecute)\b[\s\(]/ nocase
  condition:
    all of them
}

rule help_page_starts_command {
  meta:
    description = "A help page starts a command by a button that presses itself"
    severity = "high"
    technique = "T1218.001"
    harmless = "Old manuals start their own program by a button that people press."
  strings:
    $control = /clsid:(adb880a6-d8ff-11cf-9377-00aa003b7a11|52a2aaae-085d-4187-97ea-8c30db990436)/ nocase
    $item = /name\s*=\s*["']?item1["']?[^>]{0,40}value\s*=\s*["'][^"'>]{0,40},\s*(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|[^"'>]{0,40}\.(exe|bat|vbs|js|hta|ps1))/ nocase
    $press = /\.click\s*\(/ nocase
  condition:
    $control and $item and $press
}

rule task_for_unseen_interpreter {
  meta:
    description = "A planned task, written down for import, starts an interpreter unseen"
    severity = "high"
    technique = "T1053.005"
    harmless = "Administrators keep tasks as files; the command then names a script of their own."
  strings:
    $task = /<Task\b[^>]{0,200}schemas\.microsoft\.com\/windows\/2004\/02\/mit\/task/
    $command = /<Command>[^<]{0,120}(powershell|mshta|wscript|cscript|regsvr32|rundll32|cmd)(\.exe)?[^<]{0,20}<\/Command>/ nocase
    $unseen = /<Arguments>[^<]{0,400}(hidden|-enc|-e\s|https?:|javascript:|\/i:|appdata|%temp%)/ nocase
  condition:
    all of them
}

rule sandbox_file_runs_command {
  meta:
    description = "A file for Windows Sandbox opens a folder of this computer to it and runs a command"
    severity = "medium"
    technique = "T1564.006"
    harmless = "People who test programs write such files for themselves."
  strings:
    $configuration = /<Configuration>/ nocase
    $logon = /<LogonCommand>\s*<Command>/ nocase
    $folder = /<MappedFolder>/ nocase
  condition:
    all of them
}

rule settings_page_runs_command {
  meta:
    description = "A link to Windows' settings runs a command instead"
    severity = "high"
    technique = "T1204.002 T1218"
    harmless = "None: real ones name a page of the control panel."
  strings:
    $page = /<(PCSettings|SearchableContent)\b/ nocase
    $link = /<DeepLink>[^<]{0,300}(cmd|powershell|mshta|wscript|rundll32|https?:|\\\\)/ nocase
  condition:
    all of them
}

rule library_shows_remote_folder {
  meta:
    description = "A folder collection shows a folder of another computer as if it were here"
    severity = "high"
    technique = "T1187 T1204.002"
    harmless = "Made inside a company for its own file server."
  strings:
    $library = /<(libraryDescription|searchConnectorDescription)\b/ nocase
    $remote = /<url>\s*(\\\\|https?:\/\/|file:\/\/)[^<]{3,200}<\/url>/ nocase
  condition:
    all of them
}

rule web_start_with_all_rights {
  meta:
    description = "A Java program is started from the network with every right"
    severity = "medium"
    technique = "T1204.002"
    harmless = "Old company programs are started so, from the company's own server."
  strings:
    $jnlp = /<jnlp\b[^>]{0,300}https?:/ nocase
    $rights = /<all-permissions\s*\/>/ nocase
  condition:
    all of them
}

rule office_relation_with_script {
  meta:
    description = "A part of a document leads to something that Windows runs as a script"
    severity = "high"
    technique = "T1221 T1203"
    harmless = "None that is usual."
  strings:
    $relation = /<Relationship\b[^>]{0,400}Target\s*=\s*["'](mhtml:|script:|javascript:|vbscript:|ms-msdt:|search-ms:|[^"']{0,200}\.(hta|sct|wsf|scf|library-ms))[^>]{0,300}TargetMode\s*=\s*["']External/ nocase
  condition:
    $relation
}

rule build_file_with_machine_code {
  meta:
    description = "A build file carries a program in its text that runs when it is built"
    severity = "high"
    technique = "T1127.001"
    harmless = "Build files carry small helpers so; those don't touch the memory of processes."
  strings:
    $factory = /taskfactory\s*=\s*["'](code|roslyncode)taskfactory["']/ nocase
    $code = /<code\b/ nocase
    $memory = /virtualalloc|createthread|frombase64string|process\.start|assembly\.load|dllimport/ nocase
  condition:
    all of them
}

rule mac_starts_download_at_login {
  meta:
    description = "An entry that macOS starts at login fetches or decodes commands"
    severity = "high"
    technique = "T1543.001"
    harmless = "Programs enter themselves there by the name of their program, not through a shell."
  strings:
    $plist = "<plist"
    $arguments = "<key>ProgramArguments</key>"
    $start = /<key>(RunAtLoad|StartInterval|KeepAlive)<\/key>/
    $shell = /<string>[^<]{0,200}((curl|wget)\s[^<]{0,160}(\||;|&amp;)|base64\s+(-D|-d|--decode)|osascript\s+-e|python3?\s+-c|\/dev\/tcp\/)/
  condition:
    all of them
}

rule profile_sends_traffic_elsewhere {
  meta:
    description = "A settings profile for Apple devices adds a trusted certificate and leads the traffic over a foreign computer"
    severity = "high"
    technique = "T1553.004 T1557"
    harmless = "Schools and companies manage devices so; the profile bears their name."
  strings:
    $profile = "PayloadType"
    $root = /com\.apple\.security\.(root|pem|pkcs1)/
    $traffic = /com\.apple\.(proxy\.http\.global|vpn\.managed|dnsSettings\.managed|webcontent-filter)/
  condition:
    all of them
}

rule build_project_runs_code_of_its_own {
  meta:
    description = "A project for Microsoft's build program holds code that runs as soon as the project is built"
    severity = "medium"
    technique = "T1127.001"
    harmless = "A few large projects for programmers define a step of their build in this way; a gift has no reason to bring one."
  strings:
    $factory = /TaskFactory\s*=\s*["'](Roslyn)?CodeTaskFactory/ nocase
    $code = /<Code\b[^>]{0,120}(Language|Type)\s*=/ nocase
  condition:
    all of them
}
