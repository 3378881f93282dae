// Pages for a server that let a stranger command it.

rule php_runs_what_is_asked {
  meta:
    description = "A page for a server runs whatever a visitor sends"
    severity = "high"
    technique = "T1505.003"
    harmless = "Exercises for students of security."
  strings:
    $direct = /\b(eval|assert|system|passthru|shell_exec|popen|proc_open|pcntl_exec|create_function)\s*\(\s*[^\r\n;]{0,40}\$_(GET|POST|REQUEST|COOKIE|SERVER)\s*[\[\{]/ nocase
    $decoded = /\b(eval|assert)\s*\(\s*@?(base64_decode|gzinflate|gzuncompress|str_rot13|hex2bin)\s*\(\s*[^\r\n;]{0,60}\$_(GET|POST|REQUEST|COOKIE)/ nocase
    $variable = /\$_(GET|POST|REQUEST|COOKIE)\s*\[[^\]\r\n]{1,40}\]\s*\(\s*\$_(GET|POST|REQUEST|COOKIE)\s*\[/ nocase
    $ticks = /<\?(php|=)[^\r\n]{0,60}`\s*\{?\$_(GET|POST|REQUEST|COOKIE)\[/ nocase
  condition:
    any of them
}

rule php_runs_packed_text {
  meta:
    description = "A page for a server unpacks a hidden text and runs it"
    severity = "high"
    technique = "T1505.003 T1027"
    harmless = "Makers of extensions protect their work so; those come with a licence file."
  strings:
    $packed = /<\?php[^\x00]{0,400}\b(eval|assert)\s*\(\s*@?(gzinflate|gzuncompress|str_rot13|base64_decode)\s*\(\s*@?(base64_decode|str_rot13|gzinflate|strrev)?\s*\(?\s*["'][A-Za-z0-9+\/=]{80}/ nocase
  condition:
    $packed
}

rule php_manages_foreign_files {
  meta:
    description = "A page for a server that uploads files and runs commands"
    severity = "medium"
    technique = "T1505.003"
    harmless = "Tools for administrators; those ask for a password and have their maker's name."
  strings:
    $php = "<?php" nocase
    $upload = "move_uploaded_file" nocase
    $command = /\b(shell_exec|passthru|proc_open|popen|system)\s*\(\s*\$\w+/ nocase
    $input = /\$_(GET|POST|REQUEST)\s*\[\s*["'](cmd|command|c|exec|dir|act|action|path|p)["']\s*\]/ nocase
    $facts = /php_uname|disable_functions|getcwd\s*\(|posix_getpwuid/ nocase
  condition:
    all of them
}

rule asp_runs_what_is_asked {
  meta:
    description = "A page for a Windows server runs whatever a visitor sends"
    severity = "high"
    technique = "T1505.003"
    harmless = "Exercises for students of security."
  strings:
    $classic = /\b(eval|execute|executeglobal)[\s\(]+request\s*(\(|\[|\.\s*(item|form|querystring|cookies|servervariables|params)\b)/ nocase
    $jscript = /eval\s*\(\s*Request\.(Item|Form|QueryString)?\s*\[[^\r\n]{1,60}unsafe/ nocase
    $process = /(new\s+)?Process(StartInfo)?[^\x00]{0,400}cmd\.exe[^\x00]{0,600}Request\s*(\.\w+\s*)?[\[\(]/ nocase
    $page = /<%@?\s*(page|webhandler|language)/ nocase
  condition:
    $classic or $jscript or ($process and $page)
}

rule jsp_runs_what_is_asked {
  meta:
    description = "A page for a Java server runs whatever a visitor sends"
    severity = "high"
    technique = "T1505.003"
    harmless = "Exercises for students of security."
  strings:
    $direct = /getRuntime\s*\(\s*\)\s*\.\s*exec\s*\(\s*[^\r\n]{0,60}request\.getParameter/
    $page = /<%|<jsp:/
    $runtime = /getRuntime\s*\(\s*\)\s*\.\s*exec|new\s+ProcessBuilder|defineClass\s*\(/
    $parameter = /request\.getParameter\s*\(\s*["'](cmd|c|pwd|command|exec|passwd|pass)["']\s*\)/
  condition:
    $direct or ($page and $runtime and $parameter)
}
