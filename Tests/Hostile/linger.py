"""Leaves a process behind in a session of its own, that would live on for a minute."""
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for descriptor in range(3):
            os.close(descriptor)
        os.execv("/bin/sleep", ["sleep", sys.argv[1]])
    os._exit(0)
time.sleep(0.2)
print("SUCCEEDED")
