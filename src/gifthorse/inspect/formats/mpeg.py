"""Tells MPEG sound and transport streams, which have no signature, by frames and packets that follow each other (ISO 11172-3, 13818-1)."""

from typing import Final

from gifthorse.inspect.filetypes import FileType as T

_MPEG_AUDIO_KBITS: Final = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),  # MPEG-1 layer III
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),  # MPEG-2 and 2.5 layer III
}
_MPEG_AUDIO_HERTZ: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def mpeg_audio(head: bytes, size: int) -> T | None:
    """MP3 without tags, when a second frame starts where the first says that it ends."""
    length = frame_length(head[:4])
    if length is None or length + 4 > size:
        return None
    return T.MP3 if frame_length(head[length : length + 4]) is not None else None


def frame_length(header: bytes) -> int | None:
    """Bytes of the MPEG audio layer III frame that starts with *header*, or None when it is no such header."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate, hertz = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or hertz == 3 or rate in {0, 15}:
        return None
    kbits = _MPEG_AUDIO_KBITS[1 if version == 3 else 2][rate]
    return (144 if version == 3 else 72) * 1000 * kbits // _MPEG_AUDIO_HERTZ[version][hertz] + (header[2] >> 1 & 1)


def transport_stream(head: bytes, _size: int) -> T | None:
    """MPEG transport stream: sync bytes in five packets in a row, 188 bytes each or 192 with a time code (AVCHD)."""
    plain = len(head) >= 188 * 5 and all(head[188 * packet] == 0x47 for packet in range(5))
    timed = len(head) >= 192 * 5 and all(head[4 + 192 * packet] == 0x47 for packet in range(5))
    return T.MPEG if plain or timed else None
