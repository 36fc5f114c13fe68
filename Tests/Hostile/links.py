"""Leaves links to files that are not its own, to be taken for outputs."""
import os, sys
secret = sys.argv[1]
reached = []
os.symlink(secret, "symbolic")
os.symlink(os.path.dirname(secret), "folder")
os.symlink("/etc/passwd", "passwd")
os.makedirs("inner")
os.symlink("../../../../../../../.." + secret, "inner/relative")
for path in ["symbolic", f"folder/{os.path.basename(secret)}", "inner/relative"]:
    try:
        reached += [path] if b"secret" in open(path, "rb").read() else []
    except OSError as error:
        print(error)
try:
    os.link(secret, "hard")
    reached.append("hard")
except OSError as error:
    print(error)
os.mkfifo("pipe")
print("SUCCEEDED" if reached else "", reached)
sys.exit(not reached)
