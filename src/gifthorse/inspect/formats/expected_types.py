"""Which contents are ordinary under which ending of a name."""

from typing import Final

from gifthorse.inspect.filetypes import DISK_IMAGES, OOXML
from gifthorse.inspect.filetypes import FileType as T

_TEXT: Final = frozenset({T.TEXT, T.JSON, T.XML, T.INI, T.HTML, T.SVG, T.SCRIPT, T.CERTIFICATE, T.REGISTRY, T.EML, T.MBOX, T.RTF})
_OLD_OFFICE: Final = frozenset({T.OLE, T.OLE_WORD, T.OLE_SHEET, T.OLE_SLIDES, T.OLE_ENCRYPTED_OFFICE}) | OOXML
_SOUND_OR_FILM: Final = frozenset({T.MP4, T.MPEG, T.MP3, T.WAV, T.OGG, T.FLAC, T.MATROSKA, T.AVI})
_TIFF_LIKE: Final = frozenset({T.TIFF, T.RAW_PHOTO, T.MP4, T.HEIF})

EXPECTED: Final[dict[str, frozenset[T]]] = {
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif", "thm", "mpo"), frozenset({T.JPEG})),
    "png": frozenset({T.PNG}),
    "gif": frozenset({T.GIF}),
    **dict.fromkeys(("bmp", "dib"), frozenset({T.BMP})),
    **dict.fromkeys(("tif", "tiff"), _TIFF_LIKE),
    "webp": frozenset({T.WEBP}),
    **dict.fromkeys(("heic", "heif", "avif"), frozenset({T.HEIF})),
    "ico": frozenset({T.ICO, T.PNG, T.BMP, T.GIF}),
    "psd": frozenset({T.PSD}),
    "svg": frozenset({T.SVG, T.XML, T.GZIP, T.TEXT}),
    **dict.fromkeys(("cr2", "cr3", "nef", "arw", "dng", "orf", "rw2", "raf", "pef", "srw", "x3f"), _TIFF_LIKE | {T.JPEG}),
    "raw": _TIFF_LIKE | {T.JPEG} | DISK_IMAGES,
    **dict.fromkeys(("mp4", "m4v", "mov", "3gp", "lrv", "insv", "m4a"), _SOUND_OR_FILM),
    **dict.fromkeys(("avi", "mkv", "webm", "mpg", "mpeg", "mts", "m2ts", "vob"), _SOUND_OR_FILM),
    **dict.fromkeys(("mp3", "wav", "ogg", "oga", "opus", "flac", "aac"), _SOUND_OR_FILM),
    "pdf": frozenset({T.PDF}),
    **dict.fromkeys(("doc", "dot"), _OLD_OFFICE | {T.RTF, T.HTML, T.TEXT, T.XML, T.EML}),
    **dict.fromkeys(("xls", "ppt", "pps"), _OLD_OFFICE | {T.HTML, T.TEXT, T.XML, T.EML, T.MSG}),
    **dict.fromkeys(
        ("docx", "docm", "dotx", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "ppsx", "vsdx"), OOXML | {T.OLE_ENCRYPTED_OFFICE, T.ZIP, T.XML}
    ),
    **dict.fromkeys(("odt", "ods", "odp"), frozenset({T.ODF, T.ZIP, T.XML})),
    "rtf": frozenset({T.RTF, T.TEXT}),
    **dict.fromkeys(("txt", "csv", "md", "log"), _TEXT | {T.BZIP2, T.GZIP}),
    **dict.fromkeys(("htm", "html"), _TEXT),
    "epub": frozenset({T.EPUB, T.ZIP}),
    "eml": frozenset({T.EML, T.TEXT, T.MBOX}),
    "msg": frozenset({T.MSG, T.EML, T.TEXT, T.OLE, T.DATA}),
    **dict.fromkeys(("xml", "json"), _TEXT),
    **dict.fromkeys(("ics", "vcf"), _TEXT),
}


def is_promised(ending: str, content: T) -> bool:
    """Whether *content* is ordinary under a name that ends in *ending*; true for endings that promise nothing known."""
    expected = EXPECTED.get(ending)
    return expected is None or content in expected
