"""Runs for eight seconds and ignores the request to end."""
import os, signal, time
signal.signal(signal.SIGTERM, lambda *_: os.write(1, b"heard\n"))
end = time.monotonic() + float(os.sys.argv[1])
while time.monotonic() < end:
    time.sleep(0.1)
print("SUCCEEDED")
