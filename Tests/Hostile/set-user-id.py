"""Makes a program that runs as its owner, and tries to become root by one."""
import os, shutil, stat, subprocess, sys
shutil.copy("/usr/bin/id", "id")
reached = []
try:
    os.chmod("id", 0o4755)
    if os.stat("id").st_mode & stat.S_ISUID:
        reached.append("chmod")
except OSError as error:
    print(error)
for call in [lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]),
             lambda: os.chown("id", 0, 0)]:
    try:
        call()
        reached.append("identity")
    except OSError as error:
        print(error)
print("SUCCEEDED" if reached else "", reached)
sys.exit(not reached)
