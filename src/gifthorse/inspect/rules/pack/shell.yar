// Scripts of Linux, macOS and other Unix systems.

rule shell_opens_itself_to_remote {
  meta:
    description = "A shell is connected to another computer, which then commands this one"
    severity = "high"
    technique = "T1059.004 T1095"
    harmless = "None outside of security testing."
  strings:
    $bash = /\b(ba|z|k)?sh\s+-i\s*[^\r\n]{0,10}[<>]&?\s*\/dev\/(tcp|udp)\//
    $exec = /\bexec\s+\d+<>\s*\/dev\/(tcp|udp)\/[^\r\n]{1,80}[\r\n;]+[^\r\n]{0,120}(while\s+read|cat\s*<&|sh\s*<&)/
    $netcat = /\b(nc|ncat|netcat)(\.traditional|\.openbsd)?\s[^\r\n]{0,60}-[a-z]*[ec]\s+["']?(\/bin\/|cmd)?(ba|z|da)?(sh|\.exe)\b/
    $fifo = /mkfifo\s+[^\r\n]{1,60}(\/bin\/)?(ba)?sh\s+-i[^\r\n]{0,60}\|\s*(nc|ncat|netcat|openssl|telnet)\b/
    $socat = /\bsocat\s[^\r\n]{0,80}exec:["']?(\/[a-z\/]{0,16}\/)?(ba|z|da|k)?sh\b[^\r\n]{0,80}tcp/ nocase
    $socat_back = /\bsocat\s[^\r\n]{0,80}tcp[^\r\n]{0,80}exec:["']?(\/[a-z\/]{0,16}\/)?(ba|z|da|k)?sh\b/ nocase
    $awk = /\bawk\s[^\r\n]{0,80}\/inet\/tcp\/0\/[^\r\n]{0,400}getline/
  condition:
    any of them
}

rule interpreter_opens_itself_to_remote {
  meta:
    description = "A script connects a shell to another computer, which then commands this one"
    severity = "high"
    technique = "T1059.006 T1095"
    harmless = "None outside of security testing."
  strings:
    $python_socket = /socket\.socket\s*\(|socket\s*\(\s*(socket\.)?AF_INET/
    $python_connect = /\.connect\s*\(\s*\(/
    $python_dup = /os\.dup2\s*\(/
    $python_shell = /(pty\.spawn|subprocess\.(call|run|Popen))\s*\(\s*\[?\s*["'](\/bin\/)?(ba|z)?sh/
    $perl_socket = /socket\s*\(\s*\w+\s*,\s*PF_INET/
    $perl_shell = /exec\s*[\(\{]?\s*["']\/bin\/(ba)?sh\s+-i/
    $ruby = /TCPSocket\.(new|open)\s*\([^\r\n]{1,120}exec\s*(\(|sprintf|["'])[^\r\n]{0,60}\/bin\/(ba)?sh/
    $php = /fsockopen\s*\([^\r\n]{1,120}(exec|proc_open|shell_exec|system)\s*\([^\r\n]{0,60}\/bin\/(ba)?sh\s+-i/
    $node_socket = /net\.(connect|Socket|createConnection)\b/
    $node_shell = /child_process[^\r\n]{0,200}spawn\s*\(\s*["'](\/bin\/(ba)?sh|cmd(\.exe)?)["']/
    $node_pipe = /\.pipe\s*\(\s*\w+\.stdin/
  condition:
    ($python_socket and $python_connect and $python_dup and $python_shell) or ($perl_socket and $perl_shell) or $ruby or $php
      or ($node_socket and $node_shell and $node_pipe)
}

rule shell_runs_download_from_bare_address {
  meta:
    description = "A script fetches from a bare number address and runs what comes"
    severity = "high"
    technique = "T1059.004 T1105"
    harmless = "Installation inside of a laboratory network; the number is then of that network."
  strings:
    $pipe = /\b(curl|wget)\s[^\r\n|]{0,120}https?:\/\/\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}[^\r\n|]{0,120}\|\s*(sudo\s+)?(ba|z|da|k)?sh\b/
    $chmod = /\b(curl|wget|tftp)\s[^\r\n]{0,120}(https?|ftp):\/\/\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}[^\r\n]{0,160}[;&]+\s*chmod\s+(\+x|[0-7]?7[0-7]{2})/
  condition:
    any of them
}

rule shell_drops_into_temporary_folder {
  meta:
    description = "A script fetches a program into a folder for passing files, makes it executable and starts it out of sight"
    severity = "high"
    technique = "T1105 T1222.002"
    harmless = "Installers work in such folders, too, but don't detach what they start."
  strings:
    $fetch = /\b(curl|wget)\s[^\r\n]{0,200}(-o|-O|>)\s*["']?\/(tmp|var\/tmp|dev\/shm)\/\.?[\w.\-]+/
    $chmod = /\bchmod\s+(\+x|[0-7]?7[0-7]{2})\s+["']?\/(tmp|var\/tmp|dev\/shm)\//
    $away = /(nohup\s+|setsid\s+|&\s*disown|>\s*\/dev\/null\s+2>&1\s*&)/
  condition:
    all of them
}

rule shell_plans_download {
  meta:
    description = "A script plans that something is fetched and run again and again"
    severity = "high"
    technique = "T1053.003"
    harmless = "Services that renew themselves bring a program for that."
  strings:
    $cron = /(\*|\d+|@reboot|\*\/\d+)\s[^\r\n]{0,80}(curl|wget)\s[^\r\n]{0,160}\|\s*(ba|z|da|k)?sh\b[^\r\n]{0,80}(crontab|\/etc\/cron|\/var\/spool\/cron)/
    $file = /(curl|wget)\s[^\r\n]{0,160}\|\s*(ba|z|da|k)?sh\b["']?\s*>+\s*\/(etc\/cron|var\/spool\/cron)/
  condition:
    any of them
}

rule shell_slips_library_into_every_program {
  meta:
    description = "A script makes the system load a library into every program"
    severity = "high"
    technique = "T1574.006"
    harmless = "None that is usual outside of a programmer's experiments."
  strings:
    $preload = />+\s*\/etc\/ld\.so\.preload/
  condition:
    $preload
}

rule shell_adds_own_key {
  meta:
    description = "A script adds a key so that somebody can sign in later"
    severity = "medium"
    technique = "T1098.004"
    harmless = "Set-up scripts of administrators put their own keys in; the key's owner is known then."
  strings:
    $key = /echo\s+["']?(ssh-(rsa|ed25519|dss)|ecdsa-sha2-\w+)\s+AAAA[^\r\n]{20,900}>+\s*[^\r\n]{0,40}\.ssh\/authorized_keys/
  condition:
    $key
}

rule shell_gives_rights_to_all {
  meta:
    description = "A script gives a user every right without a password"
    severity = "medium"
    technique = "T1548.003"
    harmless = "Set-up scripts for test machines do this."
  strings:
    $sudo = /echo\s+["'][^\r\n]{1,60}ALL=\(ALL(:ALL)?\)\s*NOPASSWD:\s*ALL["'][^\r\n]{0,20}(>>\s*\/etc\/sudoers|\|\s*(sudo\s+)?tee\s+-a\s+\/etc\/sudoers)/
    $shell = /chmod\s+(u\+s|[46]7[0-7]{2})\s+[^\r\n]{0,20}\/(bin|tmp)\/(\.\w*|(ba|da)?sh)\b/
  condition:
    any of them
}

rule shell_carries_program_as_text {
  meta:
    description = "A script writes a program byte by byte and makes it executable"
    severity = "high"
    technique = "T1027.009"
    harmless = "None that is usual: installers append their archive as it is."
  strings:
    $hex = /(printf|echo\s+-\w*e\w*)\s+["']?\\x7f\\x45\\x4c\\x46/ nocase
    $letters = /(printf|echo\s+-\w*e\w*)\s+["']?\\(x7f|0?177)ELF/ nocase
    $base64 = /["'\s]f0VMRgIBAQ[A-Za-z0-9+\/]{40}/
    $decode = /base64\s+(-d|-D|--decode)/
    $run = /chmod\s+(\+x|[0-7]?7[0-7]{2})/
  condition:
    $run and ($hex or $letters or ($base64 and $decode))
}

rule script_runs_program_without_file {
  meta:
    description = "A script runs a program out of memory, so that no file is left"
    severity = "high"
    technique = "T1620"
    harmless = "None outside of security testing."
  strings:
    $memory = /memfd_create|syscall\s*\(\s*319\b/
    $run = /\/proc\/(self|\$\$|\{?\w*pid\w*\}?|%d)\/fd\/|fexecve/
    $fetch = /urlopen|requests\.get|curl|wget|b64decode|decode_base64|base64\s+-d/
  condition:
    all of them
}

rule shell_mines_coins {
  meta:
    description = "It makes the computer work for somebody's electronic money"
    severity = "high"
    technique = "T1496"
    harmless = "Somebody who mines on purpose knows it."
  strings:
    $pool = /stratum\+(tcp|ssl):\/\/[\w.\-]+:\d+/
    $start = /(nohup|setsid|pkill|killall|crontab|systemctl|chmod \+x|start \/b|-w hidden|schtasks)/ nocase
    $miner = /xmrig|minerd|cpuminer|--donate-level|randomx|cryptonight/ nocase
  condition:
    all of them
}

rule shell_ends_protection {
  meta:
    description = "A script ends the system's protection and its records"
    severity = "medium"
    technique = "T1562.001 T1070.003"
    harmless = "Test machines are set up so by people who know why."
  strings:
    $history = /unset\s+HISTFILE|HISTFILE=\/dev\/null|history\s+-c\b|HISTSIZE=0/
    $protect = /setenforce\s+0|systemctl\s+(stop|disable)\s+(apparmor|auditd|firewalld|ufw)|iptables\s+-F|ufw\s+disable|rm\s+-rf?\s+\/var\/log/
    $fetch = /\b(curl|wget)\s[^\r\n]{0,200}https?:/
  condition:
    all of them
}

rule shell_wipes_disk {
  meta:
    description = "It overwrites or removes everything on the computer"
    severity = "high"
    technique = "T1485 T1561.002"
    harmless = "Tools that make installation media overwrite the stick that they are told to, after a question."
  strings:
    $rm = /(^|[\s;&|])rm\s+-[a-zA-Z]*[rR][a-zA-Z]*\s+(-[a-zA-Z\-]+\s+)*(--no-preserve-root\s+\/(\s|$)|\/\*?\s+--no-preserve-root|\/\*(\s|$))/
    $dd = /(^|[\s;&|])dd\s+if=\/dev\/(zero|u?random)\s+of=\/dev\/(sda|nvme0n1|disk0|hda|mmcblk0)\b/
    $cat = /(^|[\s;&|])(cat\s+)?\/dev\/(zero|u?random)\s*>\s*\/dev\/(sda|nvme0n1|disk0|hda)\b/
  condition:
    any of them
}

rule mac_asks_for_password_itself {
  meta:
    description = "A script shows a window of its own that asks for the password of the Mac"
    severity = "high"
    technique = "T1056.002"
    harmless = "Honest programs let the system ask."
  strings:
    $dialog = /display\s+dialog\s[^\r\n]{0,400}(password|passwort|mot de passe|contrase|пароль|密码)[^\r\n]{0,300}hidden\s+answer/ nocase
  condition:
    $dialog
}

rule mac_takes_warning_off {
  meta:
    description = "A script takes the mark off a program that makes macOS warn about it, and starts the program"
    severity = "high"
    technique = "T1553.001"
    harmless = "Instructions for programs without a signature tell people to do this; then they do it themselves."
  strings:
    $mark = /xattr\s+(-[a-z]+\s+)*(-d|-rd|-dr|-c|-cr|-rc)\s+[^\r\n]{0,120}(com\.apple\.quarantine|\.app|\/tmp\/)/
    $start = /chmod\s+\+x\s|nohup\s|open\s+-a\s/
    $fetch = /curl\s|ditto\s|hdiutil\s+attach|base64\s+-D/
  condition:
    all of them
}

rule mac_collects_keys {
  meta:
    description = "A script collects the keychain or browser passwords of a Mac"
    severity = "high"
    technique = "T1555.001"
    harmless = "Backup scripts copy the keychain together with everything else, and don't send it."
  strings:
    $keychain = /login\.keychain-db|security\s+(dump-keychain|find-generic-password\s+-[a-z]*w)/
    $browser = /Application Support\/(Google\/Chrome|BraveSoftware|Firefox\/Profiles|Exodus|Electrum)/
    $send = /curl\s[^\r\n]{0,200}(-F|--data|-d|-T|--upload-file|-X\s*POST)\s/
  condition:
    $send and any of ($keychain, $browser)
}

rule service_from_temporary_folder {
  meta:
    description = "A service is set up that starts from a folder for passing files, or fetches its commands"
    severity = "high"
    technique = "T1543.002"
    harmless = "None that is usual."
  strings:
    $service = /\[Service\]/
    $exec = /ExecStart\s*=\s*[^\r\n]{0,40}(\/tmp\/|\/dev\/shm\/|\/var\/tmp\/|curl\s[^\r\n]{0,120}\||wget\s[^\r\n]{0,120}\||base64\s+-d|\/dev\/tcp\/)/
  condition:
    all of them
}
