"""Kills a process that is none of its own, then everything that it may."""
import os, signal, sys
try:
    os.kill(int(sys.argv[1]), signal.SIGKILL)
    print("SUCCEEDED")
    sys.exit(0)
except OSError as error:
    print(error)
# Only where that failed, so only inside a sandbox: its own parent, and all.
for pid in [os.getppid(), 1, -1]:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError as error:
        print(error)
sys.exit(1)
