"""The system calls that the confinement filter knows by name, and their numbers.

Numbers: the kernel's own tables, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h (aarch64).
"""

from typing import Final

# AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 of linux/audit.h
AUDIT_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

OPENING: Final = ("open", "openat", "openat2", "creat")

# Network, programs and processes, other processes, signals, mounts, namespaces, kernel interfaces, keys, file handles, the machine,
# its clock and name, identity, limits and scheduling, memory placement, watching, System V and POSIX IPC, changing files.
_DENIED: Final = """
    socket socketpair connect bind listen accept accept4 sendto
    execve execveat fork vfork
    ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_open pidfd_getfd pidfd_send_signal
    kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo
    mount umount2 pivot_root chroot fsopen fsmount fspick fsconfig move_mount open_tree mount_setattr
    unshare setns
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    add_key request_key keyctl
    name_to_handle_at open_by_handle_at
    kexec_load kexec_file_load init_module finit_module delete_module
    reboot swapon swapoff acct quotactl quotactl_fd syslog personality iopl ioperm modify_ldt
    settimeofday clock_settime adjtimex clock_adjtime sethostname setdomainname
    setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset
    prlimit64 setrlimit setpriority sched_setaffinity sched_setscheduler sched_setparam sched_setattr ioprio_set
    move_pages migrate_pages mbind set_mempolicy
    lookup_dcookie fanotify_init fanotify_mark inotify_init inotify_init1 inotify_add_watch
    msgget semget shmget shmat shmctl mq_open mq_unlink memfd_secret
    mknod mknodat mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat truncate utime utimes futimesat utimensat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
"""
DENIED: Final = tuple(_DENIED.split())


def _table(text: str) -> dict[str, int]:
    return {name: int(number) for name, number in (entry.split() for entry in text.split(","))}


_X86_64: Final = """
    accept 43, accept4 288, acct 163, add_key 248, adjtimex 159, bind 49, bpf 321, capset 126, chmod 90, chown 92, chroot 161,
    clock_adjtime 305, clock_settime 227, clone 56, clone3 435, connect 42, creat 85, delete_module 176, execve 59, execveat 322,
    fanotify_init 300, fanotify_mark 301, fchmod 91, fchmodat 268, fchmodat2 452, fchown 93, fchownat 260, finit_module 313,
    fork 57, fremovexattr 199, fsconfig 431, fsetxattr 190, fsmount 432, fsopen 430, fspick 433, futimesat 261, init_module 175,
    inotify_add_watch 254, inotify_init 253, inotify_init1 294, io_uring_enter 426, io_uring_register 427, io_uring_setup 425,
    ioctl 16, ioperm 173, iopl 172, ioprio_set 251, kcmp 312, kexec_file_load 320, kexec_load 246, keyctl 250, kill 62,
    lchown 94, link 86, linkat 265, listen 50, lookup_dcookie 212, lremovexattr 198, lsetxattr 189, mbind 237, memfd_secret 447,
    migrate_pages 256, mkdir 83, mkdirat 258, mknod 133, mknodat 259, modify_ldt 154, mount 165, mount_setattr 442,
    move_mount 429, move_pages 279, mq_open 240, mq_unlink 241, msgget 68, name_to_handle_at 303, open 2, open_by_handle_at 304,
    open_tree 428, openat 257, openat2 437, perf_event_open 298, personality 135, pidfd_getfd 438, pidfd_open 434,
    pidfd_send_signal 424, pivot_root 155, prlimit64 302, process_madvise 440, process_vm_readv 310, process_vm_writev 311,
    ptrace 101, quotactl 179, quotactl_fd 443, reboot 169, removexattr 197, rename 82, renameat 264, renameat2 316,
    request_key 249, rmdir 84, rt_sigqueueinfo 129, rt_tgsigqueueinfo 297, sched_setaffinity 203, sched_setattr 314,
    sched_setparam 142, sched_setscheduler 144, semget 64, sendto 44, set_mempolicy 238, setdomainname 171, setfsgid 123,
    setfsuid 122, setgid 106, setgroups 116, sethostname 170, setns 308, setpriority 141, setregid 114, setresgid 119,
    setresuid 117, setreuid 113, setrlimit 160, settimeofday 164, setuid 105, setxattr 188, shmat 30, shmctl 31, shmget 29,
    socket 41, socketpair 53, swapoff 168, swapon 167, symlink 88, symlinkat 266, syslog 103, tgkill 234, tkill 200, truncate 76,
    umount2 166, unlink 87, unlinkat 263, unshare 272, userfaultfd 323, utime 132, utimensat 280, utimes 235, vfork 58
"""
_AARCH64: Final = """
    accept 202, accept4 242, acct 89, add_key 217, adjtimex 171, bind 200, bpf 280, capset 91, chroot 51, clock_adjtime 266,
    clock_settime 112, clone 220, clone3 435, connect 203, delete_module 106, execve 221, execveat 281, fanotify_init 262,
    fanotify_mark 263, fchmod 52, fchmodat 53, fchmodat2 452, fchown 55, fchownat 54, finit_module 273, fremovexattr 16,
    fsconfig 431, fsetxattr 7, fsmount 432, fsopen 430, fspick 433, init_module 105, inotify_add_watch 27, inotify_init1 26,
    io_uring_enter 426, io_uring_register 427, io_uring_setup 425, ioctl 29, ioprio_set 30, kcmp 272, kexec_file_load 294,
    kexec_load 104, keyctl 219, kill 129, linkat 37, listen 201, lookup_dcookie 18, lremovexattr 15, lsetxattr 6, mbind 235,
    memfd_secret 447, migrate_pages 238, mkdirat 34, mknodat 33, mount 40, mount_setattr 442, move_mount 429, move_pages 239,
    mq_open 180, mq_unlink 181, msgget 186, name_to_handle_at 264, open_by_handle_at 265, open_tree 428, openat 56, openat2 437,
    perf_event_open 241, personality 92, pidfd_getfd 438, pidfd_open 434, pidfd_send_signal 424, pivot_root 41, prlimit64 261,
    process_madvise 440, process_vm_readv 270, process_vm_writev 271, ptrace 117, quotactl 60, quotactl_fd 443, reboot 142,
    removexattr 14, renameat 38, renameat2 276, request_key 218, rt_sigqueueinfo 138, rt_tgsigqueueinfo 240,
    sched_setaffinity 122, sched_setattr 274, sched_setparam 118, sched_setscheduler 119, semget 190, sendto 206,
    set_mempolicy 237, setdomainname 162, setfsgid 152, setfsuid 151, setgid 144, setgroups 159, sethostname 161, setns 268,
    setpriority 140, setregid 143, setresgid 149, setresuid 147, setreuid 145, setrlimit 164, settimeofday 170, setuid 146,
    setxattr 5, shmat 196, shmctl 195, shmget 194, socket 198, socketpair 199, swapoff 225, swapon 224, symlinkat 36, syslog 116,
    tgkill 131, tkill 130, truncate 45, umount2 39, unlinkat 35, unshare 97, userfaultfd 282, utimensat 88
"""
NUMBERS: Final = {"x86_64": _table(_X86_64), "aarch64": _table(_AARCH64)}
