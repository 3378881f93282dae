"""Landlock: from here on this process reaches no file at all, or only reads below one folder.

Source: kernel documentation, userspace-api/landlock. Each ABI adds rights that can be denied; whatever this kernel knows is denied.
"""

import ctypes
import os
from typing import Final

from gifthorse.inspect.confine.kernel import system_call

# The numbers are the same on every processor: the three calls came after the tables were unified (5.13).
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ_FILE: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
# Rights over files that an ABI of this number or higher knows: 13 at first, then REFER, TRUNCATE and (ABI 5) IOCTL_DEV.
_FILE_RIGHTS: Final = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
_NET_RIGHTS: Final = ((4, 0b11),)  # bind and connect TCP
_SCOPES: Final = ((6, 0b11),)  # abstract Unix sockets and signals stay within


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The kernel's Landlock ABI, 0 when it has none."""
    try:
        return system_call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def restrict(readable_folder: int | None = None) -> bool:
    """Whether this process and what it starts is now kept from all files, except reading below the open *readable_folder*."""
    abi = version()
    if abi < 1:
        return False
    wanted = _Ruleset(_known(_FILE_RIGHTS, abi), _known(_NET_RIGHTS, abi), _known(_SCOPES, abi))
    # An older kernel refuses a structure that is longer than its own unless the rest is zero, which it is.
    ruleset = system_call(_CREATE_RULESET, ctypes.byref(wanted), ctypes.sizeof(wanted), 0)
    try:
        if readable_folder is not None:
            rule = _Beneath(_READ_FILE | _READ_FOLDER, readable_folder)
            system_call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
        system_call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def _known(rights: tuple[tuple[int, int], ...], abi: int) -> int:
    known = 0
    for since, bits in rights:
        if abi >= since:
            known |= bits
    return known
