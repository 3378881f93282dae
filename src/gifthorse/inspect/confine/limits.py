"""What a worker may use up, and the rights it gives away before it sees a byte from outside."""

import contextlib
import ctypes
import errno
import os
import resource
import signal
import struct
from typing import Final

from gifthorse.inspect.confine.kernel import (
    PR_CAPBSET_DROP,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    machine,
    process_control,
    system_call,
)

MEBIBYTE: Final = 1024 * 1024
ADDRESS_SPACE: Final = 1536 * MEBIBYTE
CPU_SECONDS: Final = 3600  # for all a worker's items; one item's time is the pool's business
SPOOL: Final = 512 * MEBIBYTE
DESCRIPTORS: Final = 64
_CAPSET: Final = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION: Final = 0x20080522
_DAC_READ_SEARCH: Final = 2
_LAST_CAPABILITY_PATH: Final = "/proc/sys/kernel/cap_last_cap"


def set_limits(address_space: int = ADDRESS_SPACE, descriptors: int = DESCRIPTORS) -> bool:
    """Memory, processor time, file size, descriptors and core dumps are limited, hard; True once they are."""
    for kind, value in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, SPOOL),
        (resource.RLIMIT_NOFILE, descriptors),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (limit, limit))
    return True


def forbid_processes() -> None:
    """No further process or thread of this user can be started from here: for kernels where no filter can say it more finely."""
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def refuse_new_privileges() -> bool:
    """Whether no program started from here can gain rights (set-user-id and the like), for good."""
    try:
        process_control(PR_SET_NO_NEW_PRIVS, 1)
    except OSError as error:
        if error.errno == errno.EINVAL:
            return False
        raise
    return True


def die_with(parent: int) -> None:
    """The process is killed when *parent* ends; it ends at once when that has happened already."""
    process_control(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def drop_capabilities(*, keep_reading: bool) -> None:
    """The root user's powers are given away, for good; *keep_reading* keeps the one to read files whatever their mode."""
    if os.geteuid() != 0 or machine() not in _CAPSET:
        return
    kept = 1 << _DAC_READ_SEARCH if keep_reading else 0
    with open(_LAST_CAPABILITY_PATH, encoding="ascii") as numbers:
        last = int(numbers.read())
    for capability in range(last + 1):
        with contextlib.suppress(PermissionError):  # without CAP_SETPCAP the bounding set can't be changed, and no_new_privs stands in
            process_control(PR_CAPBSET_DROP, capability)
    header = ctypes.create_string_buffer(struct.pack("<Ii", _CAPABILITY_VERSION, 0))
    held = _held_capabilities() & kept
    data = ctypes.create_string_buffer(struct.pack("<6I", held, held, 0, 0, 0, 0))
    system_call(_CAPSET[machine()], header, data)


def _held_capabilities() -> int:
    with open("/proc/self/status", encoding="ascii", errors="replace") as lines:
        return next((int(line.split()[1], 16) for line in lines if line.startswith("CapPrm:")), 0)
