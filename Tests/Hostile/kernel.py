"""Asks the kernel for what no job needs: namespaces, mounts, keys, programs, other sockets."""
import ctypes, os, platform, sys
libc = ctypes.CDLL(None, use_errno=True)
calls = {
    "unshare": (272, 0x10000000), "keyctl": (250, 0, -3, 1), "add_key": (248, b"user", b"x", b"x", 1, -3),
    "clone in a user namespace": (56, 0x10000000 | 17, 0, 0, 0, 0), "clone3": (435, 0, 0),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0), "bpf": (321, 0, 0, 0), "setns": (308, 0, 0),
    "perf_event_open": (298, 0, 0, -1, -1, 0), "userfaultfd": (323, 1), "io_uring_setup": (425, 1, 0),
    "kexec_load": (246, 0, 0, 0, 0), "init_module": (175, 0, 0, b""), "personality": (135, 0x0400000),
    "open_tree": (428, -100, b"/", 1), "fsopen": (430, b"tmpfs", 0), "pivot_root": (155, b"/", b"/"),
    "chroot": (161, b"/"), "swapon": (167, b"x", 0), "kcmp": (312, 1, 1, 0, 0, 0),
    "pidfd_getfd": (438, 0, 0, 0), "open_by_handle_at": (304, 0, 0, 0), "iopl": (172, 3),
}
if platform.machine() != "x86_64":
    calls = {}
refused = {1: "EPERM", 38: "ENOSYS"}
reached = []
for name, arguments in calls.items():
    result = libc.syscall(*arguments)
    error = ctypes.get_errno()
    if result == 0 and "clone" in name:
        os._exit(0)
    if result != -1 or error not in refused:
        reached.append((name, result, error))
print("SUCCEEDED" if reached else "", reached)
sys.exit(not reached)
