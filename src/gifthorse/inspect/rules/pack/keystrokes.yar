// What devices that pretend to be a keyboard are given to type, as text and as data.

rule keystroke_script {
  meta:
    description = "Commands for a device that types by itself when it is plugged in"
    severity = "high"
    technique = "T1200 T1056"
    harmless = "Exercises of people who study such devices."
  strings:
    $run = /(^|\n)[ \t]*(GUI|WINDOWS|COMMAND)[ \-]+(r|R|SPACE|space)[ \t]*\r?\n/
    $terminal = /(^|\n)[ \t]*(CTRL[ \-]ALT|CONTROL[ \-]ALT)[ \-]+[tT][ \t]*\r?\n/
    $type = /(^|\n)[ \t]*STRING(LN)?[ \t]+\S/
    $enter = /(^|\n)[ \t]*(ENTER|STRINGLN[ \t]+\S[^\r\n]*)[ \t]*(\r?\n|$)/
    $wait = /(^|\n)[ \t]*(DELAY|DEFAULT_?DELAY|STRING_?DELAY)[ \t]+\d/
  condition:
    $type and $enter and $wait and ($run or $terminal)
}

rule keystroke_device_mode {
  meta:
    description = "Commands that make a device change between memory stick, keyboard and network card"
    severity = "high"
    technique = "T1200"
    harmless = "Exercises of people who study such devices."
  strings:
    $mode = /(^|\n)[ \t]*ATTACKMODE[ \t]+[^\r\n]{0,80}(HID|STORAGE|SERIAL|(RNDIS|ECM|AUTO)_ETHERNET)/
  condition:
    $mode
}

rule keystroke_firmware_source {
  meta:
    description = "Source of a device that types commands by itself"
    severity = "high"
    technique = "T1200"
    harmless = "Builders of keyboards write such source; it types no commands."
  strings:
    $include = /#include\s*[<"](Keyboard|DigiKeyboard|DigiKeyboard\w{2}|HID-Project|TrinketKeyboard|BleKeyboard)\.h[>"]/
    $python = /from\s+adafruit_hid\.keyboard\s+import|import\s+usb_hid/
    $press = /(KEY_LEFT_GUI|MOD_GUI_LEFT|KEY_LEFT_WINDOWS|Keycode\.(GUI|WINDOWS|COMMAND)|KEY_LGUI)/
    $command = /(print(ln)?|write|sendString|type)\s*\(\s*F?\(?\s*["'][^"'\r\n]{0,60}(powershell|cmd|terminal|mshta|curl|wget|bash|https?:)/ nocase
  condition:
    ($include or $python) and $press and $command
}

rule keystroke_script_in_javascript {
  meta:
    description = "Commands in JavaScript for a device that types by itself"
    severity = "high"
    technique = "T1200"
    harmless = "Exercises of people who study such devices."
  strings:
    $layout = /(^|\n)\s*(layout\s*\(\s*["'][a-z]{2}["']\s*\)|badusb\.setup\s*\()/
    $press = /\b(badusb\.)?press\s*\(\s*["'](GUI|WIN(DOWS)?|CTRL ALT|COMMAND|ALT)\b/
    $type = /\b(badusb\.)?(type|print(ln)?)\s*\(\s*["'][^\r\n]{0,200}(powershell|cmd|terminal|curl|wget|bash|https?:)/ nocase
  condition:
    all of them
}

rule keystroke_data {
  meta:
    description = "Key strokes made ready for a device that types by itself, beginning with the key combination that opens Windows' command line"
    severity = "high"
    technique = "T1200"
    harmless = "Exercises of people who study such devices."
  strings:
    $keys = /(\x00[\x01-\xff]){0,64}\x15\x08(\x00[\x01-\xff]){1,64}([\x04-\x38][\x00\x02]){4,}/
  condition:
    filesize < 256KB and $keys in (0..256) and not uint16(0) == 0x5A4D
}
