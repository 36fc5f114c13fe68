"""Takes 160 MiB that count for no process: shared pages and files in /dev/shm and /tmp."""
import mmap, os, time
page = os.urandom(1 << 12) * 256
area = mmap.mmap(-1, 80 << 20)
for _ in range(80):
    area.write(page)
for folder in ["/dev/shm", os.environ.get("TMPDIR", "/tmp")]:
    with open(f"{folder}/hog-{os.getpid()}", "wb") as file:
        os.unlink(file.name)
        for _ in range(40):
            file.write(page)
        file.flush()
        time.sleep(0.2)
print("SUCCEEDED")
