"""Starts 100 processes that stay; more than the sandbox allows."""
import os, signal, sys, time
children = []
try:
    for _ in range(100):
        pid = os.fork()
        if pid == 0:
            time.sleep(8)
            os._exit(0)
        children.append(pid)
    time.sleep(0.3)
    print("SUCCEEDED")
except OSError as error:
    print(error)
    # A bomb does not stop for being refused.
    time.sleep(8)
    sys.exit(1)
finally:
    for pid in children:
        os.kill(pid, signal.SIGKILL)
