"""Seccomp: a filter in the kernel that refuses the system calls no parser has business with.

The filter is classic BPF over `struct seccomp_data` (kernel documentation, userspace-api/seccomp_filter): the wrong architecture
kills the process, x32 calls are refused (their numbers would slip past the list), starting a process is refused while starting a
thread is not, and the calls of `DENIED` answer EPERM. What is not listed is left to Landlock and the limits.
"""

import ctypes
import errno
import struct
from typing import Final

from gifthorse.inspect.confine.kernel import PR_SET_SECCOMP, machine, process_control
from gifthorse.inspect.confine.system_calls import AUDIT_ARCHITECTURES, DENIED, NUMBERS, OPENING

_FILTER_MODE: Final = 2
_X32_BIT: Final = 0x40000000
_CLONE_THREAD: Final = 0x00010000
# struct seccomp_data { int nr; u32 arch; u64 instruction_pointer; u64 args[6]; }, little endian on both processors
_AT_NUMBER: Final = 0
_AT_ARCHITECTURE: Final = 4
_AT_FIRST_ARGUMENT: Final = 16
_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL: Final = 0x15
_JUMP_GREATER_EQUAL: Final = 0x35
_JUMP_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_KILL_PROCESS: Final = 0x80000000
_REFUSE: Final = 0x00050000

_Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def restrict(*, opens_files: bool) -> bool:
    """Whether the filter holds from here on, for good. Needs no_new_privs. False on a processor or kernel without it.

    Without *opens_files* no file can be opened at all, whatever Landlock says.
    """
    name = machine()
    if name not in NUMBERS:
        return False
    code = b"".join(struct.pack("<HBBI", *step) for step in program(name, opens_files=opens_files))
    wanted = _Program(len(code) // 8, code)
    try:
        process_control(PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(wanted))
    except OSError as error:
        if error.errno in {errno.EINVAL, errno.ENOSYS}:
            return False
        raise
    return True


def program(processor: str, *, opens_files: bool) -> list[_Instruction]:
    """The filter's instructions for *processor* (a key of NUMBERS): (code, jump if true, jump if false, value)."""
    numbers = NUMBERS[processor]
    refused = [numbers[call] for call in (*DENIED, *(() if opens_files else OPENING)) if call in numbers]
    steps: list[_Instruction] = [
        (_LOAD, 0, 0, _AT_ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, AUDIT_ARCHITECTURES[processor]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _AT_NUMBER),
    ]
    if processor == "x86_64":
        steps += _answer(_JUMP_GREATER_EQUAL, _X32_BIT, errno.ENOSYS)
    # The C library asks for threads with clone3, whose flags lie in memory where a filter can't look, and falls back to clone.
    steps += _answer(_JUMP_EQUAL, numbers["clone3"], errno.ENOSYS)
    steps += _answer(_JUMP_EQUAL, numbers["ioctl"], errno.ENOTTY)
    steps += [(_JUMP_EQUAL, 0, 4, numbers["clone"]), (_LOAD, 0, 0, _AT_FIRST_ARGUMENT), (_JUMP_ANY_BIT, 0, 1, _CLONE_THREAD)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE | errno.EPERM)]
    for number in refused:
        steps += _answer(_JUMP_EQUAL, number, errno.EPERM)
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _answer(test: int, value: int, code: int) -> list[_Instruction]:
    return [(test, 0, 1, value), (_RETURN, 0, 0, _REFUSE | code)]
