"""Burns three seconds of processor time in two processes."""
import os, time
pid = os.fork()
while time.process_time() < 1.5:
    pass
if pid == 0:
    os._exit(0)
print("SUCCEEDED" if os.wait()[1] == 0 else "")
