"""Discs with a UDF directory, with or without one of ISO 9660 beside it."""

import io

import pycdlib

from tests.samples.disks import with_bytes

SECTOR = 2048


def bridge(files: dict[str, bytes], only_iso: dict[str, bytes] | None = None) -> bytes:
    """A disc whose UDF directory names *files*, and its ISO 9660 directory only *only_iso*."""
    disc = pycdlib.PyCdlib()
    disc.new(udf="2.60", interchange_level=3)
    for number, folder in enumerate(sorted({name.partition("/")[0] for name in files if "/" in name})):
        disc.add_directory(f"/F{number}", udf_path=f"/{folder}")
    for number, (name, content) in enumerate(files.items()):
        disc.add_fp(io.BytesIO(content), len(content), f"/U{number}.;1", udf_path=f"/{name}")
        disc.rm_hard_link(iso_path=f"/U{number}.;1")
    for name, content in (only_iso or {}).items():
        disc.add_fp(io.BytesIO(content), len(content), f"/{name};1")
    out = io.BytesIO()
    disc.write_fp(out)
    disc.close()
    return out.getvalue()


def without_iso(image: bytes) -> bytes:
    """*image* without its ISO 9660 descriptors."""
    marks = [at for at in range(16 * SECTOR, 40 * SECTOR, SECTOR) if image[at + 1 : at + 6] == b"CD001"]
    return with_bytes(image, *((at, bytes(SECTOR)) for at in marks))
