"""Reads files that are not its business: those named, and the environment of other processes."""
import glob, os, sys
for path in sys.argv[1:] + glob.glob("/proc/*/root" + sys.argv[1]):
    try:
        if open(path, "rb").read(1):
            print("SUCCEEDED", path)
            sys.exit(0)
    except OSError as error:
        print(error)
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        if b"SANDRUN_TEST_SECRET" in open(path, "rb").read():
            print("SUCCEEDED", path)
            sys.exit(0)
    except OSError:
        pass
sys.exit(1)
