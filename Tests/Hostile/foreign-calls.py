"""Makes a system call by the x32 numbers, which a filter by name may overlook."""
import ctypes, os, sys
child = os.fork()
if child == 0:
    ctypes.CDLL(None).syscall(0x40000000 | 39)
    os._exit(0)
held = os.wait()[1] != 0
print("killed" if held else "SUCCEEDED")
sys.exit(held)
