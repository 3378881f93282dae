"""System calls that Python has no name for, made through the C library's `syscall`."""

import ctypes
import os
import platform
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_CAPBSET_DROP: Final = 24
PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38

_C: Final = ctypes.CDLL(None, use_errno=True)
_C.syscall.restype = ctypes.c_long


def machine() -> str:
    """The processor's name as the kernel gives it, such as x86_64 or aarch64."""
    return platform.machine()


def system_call(number: int, *arguments: object) -> int:
    """What the kernel answers; raises OSError with its reason."""
    answer: int = _C.syscall(ctypes.c_long(number), *[_as_argument(argument) for argument in arguments])
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return answer


def process_control(option: int, value: int, address: object = 0) -> None:
    """`prctl(option, value, address, 0, 0)`; raises OSError with the kernel's reason."""
    last = _as_argument(address)
    if _C.prctl(ctypes.c_int(option), ctypes.c_ulong(value), last, ctypes.c_ulong(0), ctypes.c_ulong(0)) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _as_argument(value: object) -> object:
    return ctypes.c_ulong(value) if isinstance(value, int) else value
