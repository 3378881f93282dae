"""What the endings of file names promise: which of them run something, and which a reader takes for harmless content."""

from typing import Final

from gifthorse.inspect.formats.script_names import STARTED_BY_DOUBLE_CLICK


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Windows (and for the last three, Linux and macOS) starts a program or a command when these are double-clicked.
RUNS: Final = frozenset(STARTED_BY_DOUBLE_CLICK) - {"psd1", "psm1", "ps1xml"} | _words(
    "exe scr com pif cpl msi msp msc lnk js jar reg inf scf application appref-ms gadget xll library-ms search-ms settingcontent-ms chm hlp"
    " msix appx vhd vhdx desktop app rdp iqy diagcab jnlp appinstaller xbap job vsto"
)
PICTURE_NAMES: Final = _words(
    "jpg jpeg jpe jfif png gif bmp dib tif tiff webp heic heif avif ico psd svg raw cr2 cr3 nef arw dng orf rw2 raf pef srw x3f thm mpo"
)
FILM_NAMES: Final = _words("mp4 m4v mov avi mkv webm mpg mpeg mts m2ts 3gp wmv flv vob lrv insv")
SOUND_NAMES: Final = _words("mp3 m4a wav ogg oga opus flac aac wma mid midi amr aif aiff")
DOCUMENT_NAMES: Final = _words(
    "pdf doc docx docm dot dotx xls xlsx xlsm xlsb ppt pptx pptm pps ppsx odt ods odp rtf txt csv md log epub mobi htm html eml msg one xps"
    " pages numbers key vsd vsdx pub tex xml json ics vcf"
)
ARCHIVE_NAMES: Final = _words("zip rar 7z tar gz tgz bz2 xz zst cab")
# Fonts, settings and subtitles: nobody starts them, and no program is kept under such a name.
QUIET_NAMES: Final = _words("ttf otf ttc woff woff2 eot ini cfg conf yaml yml srt vtt nfo plist kml gpx")
CONTENT_NAMES: Final = PICTURE_NAMES | FILM_NAMES | SOUND_NAMES | DOCUMENT_NAMES
DECOYS: Final = CONTENT_NAMES - {"xml", "json", "key", "log", "md", "raw", "tex", "numbers", "pages"}


def endings(untrusted_name: str) -> list[str]:
    """The parts after each dot, in lower case, first to last; none for a name without dots or one that only begins with a dot.

    Dots and blanks at the end count for nothing, as in Windows.
    """
    parts = untrusted_name.removesuffix("::$DATA").lower().strip(". \u00a0\u3000\t").split(".")
    return [part.strip() for part in parts[1:]]


def ending(untrusted_name: str) -> str:
    """The part after the last dot in lower case, or an empty string."""
    parts = endings(untrusted_name)
    return parts[-1] if parts else ""
