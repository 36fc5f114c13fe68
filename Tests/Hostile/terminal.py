"""Types into a terminal (TIOCSTI): into one of its own making, and into the caller's."""
import fcntl, os, select, sys, termios
reached = []
try:
    os.close(os.open("/dev/tty", os.O_RDWR))
    reached.append("the caller's")
except OSError as error:
    print(error)
main, other = os.openpty()
name = os.ttyname(other)
if os.fork() == 0:
    os.setsid()
    terminal = os.open(name, os.O_RDWR)
    try:
        fcntl.ioctl(terminal, termios.TIOCSTI, b"x")
        fcntl.ioctl(terminal, termios.TIOCSTI, b"\n")
        os._exit(0 if os.read(terminal, 2) == b"x\n" else 1)
    except OSError as error:
        print(error, flush=True)
        os._exit(1)
if os.wait()[1] == 0:
    reached.append("its own")
print("SUCCEEDED" if reached else "", reached)
sys.exit(not reached)
