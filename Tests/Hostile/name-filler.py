"""Makes 12,000 empty files, which no size limit counts, and waits to be noticed."""
import os, time
for number in range(12_000):
    os.close(os.open(f"{number:x}", os.O_CREAT, 0o600))
time.sleep(0.3)
print("SUCCEEDED")
