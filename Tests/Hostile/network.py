"""Reaches a server on this machine, by TCP on the port named or by the abstract socket named."""
import socket, sys
reached = []
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)
    reached.append("tcp")
except OSError as error:
    print(error)
try:
    socket.socket(socket.AF_UNIX).connect("\0" + sys.argv[2])
    reached.append("unix")
except OSError as error:
    print(error)
for family, kind in [(socket.AF_PACKET, socket.SOCK_RAW), (40, socket.SOCK_STREAM), (38, 5)]:
    try:
        socket.socket(family, kind)
        reached.append(family)
    except OSError as error:
        print(family, error)
print("SUCCEEDED" if reached else "", reached)
sys.exit(not reached)
