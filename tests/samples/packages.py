"""Packages of systems, as small as their readers take them."""

import struct
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

_TAGS = {"prein": 1023, "postin": 1024, "preun": 1025, "postun": 1026}


def rpm_of(payload: bytes, scripts: Mapping[str, bytes]) -> bytes:
    """An RPM package: lead, an empty signature, a header with *scripts*, and *payload*."""
    index, store = b"", b""
    for name, text in scripts.items():
        index += struct.pack(">IIII", _TAGS[name], 6, len(store), 1)
        store += text + b"\0"
    signature = _header(b"", b"")
    return b"\xed\xab\xee\xdb\x03\0".ljust(96, b"\0") + signature + bytes(-len(signature) % 8) + _header(index, store) + payload


def _header(index: bytes, store: bytes) -> bytes:
    return b"\x8e\xad\xe8\x01" + bytes(4) + struct.pack(">II", len(index) // 16, len(store)) + index + store


def xar_of(files: Mapping[str, tuple[str, bytes]]) -> bytes:
    """A xar archive of *files*: each its encoding and its bytes as they lie there; the first folder of a name is a folder of its own."""
    heap, listed = b"", ""
    for name, (method, body) in files.items():
        folder, _slash, last = name.rpartition("/")
        data = f"<data><length>{len(body)}</length><offset>{len(heap)}</offset><encoding style={quoteattr(method)}/></data>"
        entry = f"<file><name>{escape(last)}</name><type>file</type>{data}</file>"
        listed += f"<file><name>{escape(folder)}</name><type>directory</type>{entry}</file>" if folder else entry
        heap += body
    plain = f'<?xml version="1.0"?><xar><toc>{listed}</toc></xar>'.encode()
    packed = zlib.compress(plain)
    return b"xar!" + struct.pack(">HHQQI", 28, 1, len(packed), len(plain), 0) + packed + heap
