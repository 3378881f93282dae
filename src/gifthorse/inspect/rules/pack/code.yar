// Source code in Python, JavaScript and others, and what package managers and editors start by themselves.

rule python_runs_download {
  meta:
    description = "Python code fetches text from the network and runs it"
    severity = "high"
    technique = "T1059.006 T1105"
    harmless = "A few old installers work like this; their address is their maker's."
  strings:
    $exec = /\bexec\s*\(\s*(compile\s*\(\s*)?[^\r\n]{0,40}(urlopen|requests\.get|httpx\.get|urllib\.request)\s*\([^\r\n]{0,200}(\.read\(|\.text|\.content)/
    $import = /\bexec\s*\(\s*__import__\s*\(\s*["'](urllib|requests)/
  condition:
    any of them
}

rule python_reads_keys {
  meta:
    description = "Python code records what is typed and sends it away"
    severity = "high"
    technique = "T1056.001"
    harmless = "None that is usual: tools that react to keys don't send them."
  strings:
    $listen = /from\s+pynput|import\s+pynput|pynput\.keyboard|import\s+(pyHook|pyxhook)|keyboard\.on_(press|release)\s*\(/
    $send = /smtplib|requests\.post|api\.telegram\.org|\/api\/webhooks\/|ftplib|socket\.socket/
    $keep = /on_press|\.append\(|log/
  condition:
    all of them
}

rule code_steals_browser_data {
  meta:
    description = "Code opens browser passwords, cookies or wallets and sends them away"
    severity = "high"
    technique = "T1555.003 T1539 T1041"
    harmless = "None that is usual."
  strings:
    $store = /Login Data|Local State|Network\\+Cookies|leveldb|wallet\.dat|key4\.db/
    $open = /CryptUnprotectData|win32crypt|AES\.MODE_GCM|createDecipheriv|dpapi/ nocase
    $send = /requests\.post|\/api\/webhooks\/|api\.telegram\.org|urlopen\(|axios\.post|smtplib|ftplib/
  condition:
    all of them
}

rule python_runs_machine_code {
  meta:
    description = "Python code puts machine code into memory and runs it"
    severity = "high"
    technique = "T1055 T1106"
    harmless = "None outside of security testing."
  strings:
    $alloc = /VirtualAlloc(Ex)?\s*\(|VirtualAlloc(Ex)?\.(restype|argtypes)/
    $copy = /RtlMoveMemory|memmove|WriteProcessMemory/
    $run = /CreateThread|CreateRemoteThread|QueueUserAPC|CFUNCTYPE\s*\([^\r\n]{0,40}\)\s*\(\s*\w+\s*\)\s*\(/
  condition:
    all of them
}

rule package_runs_hidden_code_at_install {
  meta:
    description = "A package runs hidden code while it is installed"
    severity = "high"
    technique = "T1195.002 T1059"
    harmless = "Packages compile themselves at installation; they don't decode or fetch commands for that."
  strings:
    $setup = "cmdclass"
    $hook = /class\s+\w+\s*\(\s*(install|develop|egg_info|build_py)\s*\)/
    $hidden = /exec\s*\(\s*[^\r\n]{0,60}(b64decode|urlopen|requests\.get|fromhex|decompress)|os\.system\s*\([^\r\n]{0,60}(curl|wget|powershell)|subprocess\.\w+\s*\([^\r\n]{0,60}(curl|wget|powershell)/
    $node = /["'](pre|post)?install["']\s*:\s*["'][^"'\r\n]{0,200}((curl|wget)\s[^"'\r\n]{0,160}\|\s*(ba)?sh|powershell[^"'\r\n]{0,80}(-enc|-e\s|hidden|iex|downloadstring)|node\s+-e\s+[^"'\r\n]{0,40}(eval|Buffer\.from))/
  condition:
    ($setup and $hook and $hidden) or $node
}

rule editor_runs_at_opening {
  meta:
    description = "A project folder makes the editor run a command as soon as it is opened"
    severity = "medium"
    technique = "T1204.002 T1059"
    harmless = "Teams start their own tools so; you then know the project."
  strings:
    $task = /["']runOn["']\s*:\s*["']folderOpen["']/
    $command = "\"command\""
  condition:
    all of them
}

rule repository_runs_at_looking {
  meta:
    description = "The settings of a repository make git run a command as soon as somebody looks into it"
    severity = "high"
    technique = "T1204.002 T1059"
    harmless = "Very large repositories use a watcher; its name is then that of a program that you know."
  strings:
    $core = /\[core\]/
    $command = /\n\s*(fsmonitor|sshCommand|gitProxy|hooksPath|pager|editor|askPass)\s*=\s*["']?[^\r\n]{0,120}(;|\||&|\$\(|`|\/tmp\/|\.\/|curl |bash |sh -c|powershell|cmd\.exe|calc)/
    $alias = /\n\s*\w+\s*=\s*["']?![^\r\n]{0,120}(curl|wget|powershell|\/dev\/tcp|base64)/
  condition:
    ($core and $command) or $alias
}

rule javascript_of_brackets {
  meta:
    description = "Program text made of brackets and signs alone, so that nobody can read it"
    severity = "high"
    technique = "T1027"
    harmless = "Puzzles."
  strings:
    $brackets = /[\[\]\(\)!+]{400}/
    $start = /\[\]\[\(!\[\]\+\[\]\)\[\+\[\]\]|\[\]\[\(!\[\]\+\[\]\)\[\+!\+\[\]\]/
  condition:
    all of them
}

rule node_starts_download {
  meta:
    description = "JavaScript outside of the browser fetches something and starts it"
    severity = "high"
    technique = "T1059.007 T1105"
    harmless = "Installers of tools for programmers fetch their program; it doesn't land in a folder for passing files."
  strings:
    $require = /require\s*\(\s*["']child_process["']\s*\)/
    $command = /(exec|execSync|spawn|spawnSync)\s*\(\s*["'`][^\r\n]{0,200}(powershell[^\r\n]{0,120}(-enc|hidden|iex|downloadstring)|curl[^\r\n]{0,160}\|\s*(ba)?sh|certutil[^\r\n]{0,60}urlcache|mshta\s+http)/
  condition:
    all of them
}

rule carries_encoded_windows_program {
  meta:
    description = "A Windows program is carried as encoded text"
    severity = "medium"
    technique = "T1027.009"
    harmless = "Some setup scripts and test files bring a small program along so."
  strings:
    $message = "This program cannot be run in DOS mode" base64
    $header = /TVqQAAMAAAAEAAAA\/\/8AALgAAAAAAAAAQAAAAAAAAA/
    $hex = /4D5A90000300000004000000FFFF0000B800000000000000/ nocase
    $list = /0x4d\s*,\s*0x5a\s*,\s*0x90\s*,\s*0x00\s*,\s*0x03\s*,\s*0x00\s*,\s*0x00\s*,\s*0x00/ nocase
    $numbers = /\b77\s*,\s*90\s*,\s*144\s*,\s*0\s*,\s*3\s*,\s*0\s*,\s*0\s*,\s*0/
  condition:
    any of them
}

rule carries_encoded_machine_code {
  meta:
    description = "The usual first bytes of injected machine code are carried as encoded text"
    severity = "high"
    technique = "T1027.009 T1055"
    harmless = "None outside of security testing."
  strings:
    $x86 = "\xFC\xE8\x82\x00\x00\x00\x60\x89\xE5" base64
    $x86_longer = "\xFC\xE8\x8F\x00\x00\x00\x60\x31\xC0\x89\xE5" base64
    $x64 = "\xFC\x48\x83\xE4\xF0\xE8\xC0\x00\x00\x00\x41\x51" base64
    $x64_longer = "\xFC\x48\x83\xE4\xF0\xE8\xCC\x00\x00\x00\x41\x51" base64
    $hex_x86 = /fc,?\s?(0x|\\x)?e8,?\s?(0x|\\x)?(82|89|8f),?\s?(0x|\\x)?00,?\s?(0x|\\x)?00,?\s?(0x|\\x)?00,?\s?(0x|\\x)?60,?\s?(0x|\\x)?89,?\s?(0x|\\x)?e5/ nocase
    $hex_x64 = /fc,?\s?(0x|\\x)?48,?\s?(0x|\\x)?83,?\s?(0x|\\x)?e4,?\s?(0x|\\x)?f0,?\s?(0x|\\x)?e8,?\s?(0x|\\x)?(c0|c8|cc),?\s?(0x|\\x)?00/ nocase
  condition:
    any of them
}
