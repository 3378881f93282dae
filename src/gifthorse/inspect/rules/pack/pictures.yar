// What stands in the words of pictures, films and sounds, or behind their end.

rule words_of_picture_run_on_server {
  meta:
    description = "Commands for a server stand in the words of a picture, film or sound"
    severity = "high"
    technique = "T1505.003 T1027.003"
    harmless = "None: no camera or program writes such words."
  strings:
    $php = /<\?(php\s|=\s*)[^\x00]{0,200}(eval|assert|system|passthru|shell_exec|base64_decode|include|require|\$_(GET|POST|REQUEST))/ nocase
    $script = /<script[^>]{0,100}>[^\x00]{0,300}(eval\s*\(|document\.|ActiveXObject|fetch\s*\()/ nocase
  condition:
    any of them
}
