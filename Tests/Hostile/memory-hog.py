"""Takes 160 MiB, each page touched, in itself and in a child."""
import os, time
held = []
for _ in range(40):
    held.append(bytearray(os.urandom(1 << 12) * 512))
if os.fork() == 0:
    held += [bytearray(os.urandom(1 << 12) * 512) for _ in range(40)]
    time.sleep(0.3)
    os._exit(0)
if os.wait()[1] == 0:
    print("SUCCEEDED")
else:
    time.sleep(1)
    raise SystemExit(1)
