"""Writes where others would find it: over a file named, and into system folders and kernel settings."""
import os, sys
reached = []
for path in [sys.argv[1], "/usr/sandrun-hostile", "/etc/sandrun-hostile", "/sandrun-hostile",
             "/dev/sandrun-hostile", "/usr/bin/../../var/tmp/sandrun-hostile"]:
    try:
        with open(path, "a") as file:
            file.write("x")
        reached.append(path)
        if path != sys.argv[1]:
            os.unlink(path)
    except OSError as error:
        print(error)
for path in ["/proc/sys/kernel/core_pattern", "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger"]:
    try:
        os.close(os.open(path, os.O_WRONLY))
        reached.append(path)
    except OSError as error:
        print(error)
print("SUCCEEDED" if reached else "", reached)
sys.exit(not reached)
