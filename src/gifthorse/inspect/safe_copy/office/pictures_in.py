"""Pictures inside an office package, for a page: found by the part that names them, decoded, and encoded anew at a page's fineness."""

import posixpath
from collections.abc import Callable
from io import BytesIO
from typing import Final

from PIL import Image

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.package import Package
from gifthorse.inspect.safe_copy.office.blocks import Gathered, Picture
from gifthorse.inspect.safe_copy.pictures import NotRebuilt, picture_again

_LONGEST_SIDE: Final = 1200  # dots on paper at 150 to the inch are at most as many
_QUALITY: Final = 85
_MOST_BYTES: Final = 32 << 20

Shows = Callable[[str], None]


def pictures_of(package: Package, part: str, gathered: Gathered) -> Shows:
    """A function that puts the picture with a relationship id of *part* among the blocks."""
    targets = targets_of(package, part)
    return lambda name: _show(package, targets.get(name, ""), gathered)


def shown_part(package: Package, name: str, gathered: Gathered) -> None:
    """The picture in the part *name* is among the blocks."""
    _show(package, name, gathered)


def targets_of(package: Package, part: str) -> dict[str, str]:
    """The part inside the package that each relationship id of *part* names (ECMA-376 part 2, 8.3)."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in package.entries:
        return {}
    try:
        found = elements(package.read(listed, 4 << 20), "Relationship")
    except DamagedDocument:
        return {}
    inside = [element.attributes for element in found if element.attributes.get("TargetMode", "").lower() != "external"]
    return {
        one["Id"]: posixpath.normpath(posixpath.join("/", folder, one["Target"])).lstrip("/")
        for one in inside
        if {"Id", "Target"} <= set(one)
    }


def show(untrusted_picture: bytes | None, gathered: Gathered) -> None:
    """The picture is among the blocks, or a note where none can be made of it."""
    if not gathered.takes_pictures:
        return
    try:
        body = picture_again(untrusted_picture or b"")
    except NotRebuilt:
        gathered.picture(None, 0)
        return
    with Image.open(BytesIO(body)) as whole:
        dots = whole.width * whole.height
        gathered.picture(_for_page(whole), dots)


def _show(package: Package, part: str, gathered: Gathered) -> None:
    if part not in package.entries:
        return
    try:
        body = package.read(part, _MOST_BYTES)
    except DamagedDocument:
        body = None
    show(body, gathered)


def _for_page(whole: Image.Image) -> Picture:
    whole.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    ground = Image.new("RGB", whole.size, "white")
    if whole.mode == "RGBA":
        ground.paste(whole, mask=whole.getchannel("A"))
    else:
        ground.paste(whole.convert("RGB"))
    written = BytesIO()
    ground.save(written, "JPEG", quality=_QUALITY)
    return Picture(jpeg=written.getvalue(), width=ground.width, height=ground.height)
