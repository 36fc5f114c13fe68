"""Takes over another process: by ptrace, and by reading its memory."""
import ctypes, os, signal, sys
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
child = os.fork()
if child == 0:
    signal.pause()
    os._exit(0)
reached = []
if libc.ptrace(16, child, None, None) == 0:  # PTRACE_ATTACH
    reached.append("ptrace")
else:
    print("ptrace", os.strerror(ctypes.get_errno()))
buffer = ctypes.create_string_buffer(8)
words = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
if libc.process_vm_readv(child, words, 1, words, 1, 0) == 8:
    reached.append("process_vm_readv")
else:
    print("process_vm_readv", os.strerror(ctypes.get_errno()))
os.kill(child, signal.SIGKILL)
print("SUCCEEDED" if reached else "", reached)
sys.exit(not reached)
