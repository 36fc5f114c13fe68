"""Speaks to a node as no library would: `raw-http.py PORT` prints a line for each thing tried, `ok` or `not ok`.

The node must run with --header-timeout 2s --idle-timeout 4s --max-upload 1MiB.
"""

import re
import socket
import sys
import time

PORT = int(sys.argv[1])
HOST = b"Host: localhost\r\n"
END = b"Connection: close\r\n\r\n"
CAR = b"Content-Type: application/vnd.ipld.car\r\n"
FORM = b"Content-Type: multipart/form-data; boundary=x\r\n"
NONE = b"0" * 32


def connect():
    return socket.create_connection(("127.0.0.1", PORT), timeout=60)


def read(connection):
    """All that comes until the node ends the connection."""
    answer = b""
    while piece := connection.recv(1 << 16):
        answer += piece
    return answer


def ask(request, half=False):
    with connect() as connection:
        connection.sendall(request)
        if half:
            connection.shutdown(socket.SHUT_WR)
        return read(connection)


def tell(name, answer, *patterns, count=1):
    """Whether an answer is as many responses, with these patterns in them in this order."""
    text = answer.decode("utf-8", "replace")
    wanted = "(?s)" + ".*".join(patterns)
    isGood = re.match(wanted, text) and len(re.findall(r"(?m)^HTTP/1\.", text)) == count
    # Whatever is wrong, the node tells nothing of its inside.
    isGood = isGood and not re.search(r"\.swift|/home/|Error\(", text)
    print("ok" if isGood else "not ok", name, "" if isGood else repr(text), flush=True)


def get(path, *fields, method=b"GET"):
    return method + b" " + path + b" HTTP/1.1\r\n" + HOST + b"".join(fields) + END


# Heads that are none.
tell("garbage", ask(b"\x00\x01garbage\r\n\r\n"), "HTTP/1.1 400 ", '"error":')
tell("tls", ask(bytes.fromhex("16030100c8010000c40303")), "HTTP/1.1 400 ")
tell("http/2", ask(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "HTTP/1.1 [45]")
tell("no host", ask(b"GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 400 ")
tell("two hosts", ask(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), "HTTP/1.1 400 ")
tell("long field", ask(b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 70000 + b"\r\n\r\n"), "HTTP/1.1 431 ")
fields = b"".join(b"X%d: b\r\n" % index for index in range(5000))
tell("many fields", ask(b"GET / HTTP/1.1\r\n" + HOST + fields + b"\r\n"), "HTTP/1.1 431 ")
tell("long path", ask(get(b"/" + b"a" * 100000)), "HTTP/1.1 431 ")
tell("method unheard of", ask(get(b"/", method=b"FOO")), "HTTP/1.1 400 ")
tell("options", ask(get(b"*", method=b"OPTIONS")), "HTTP/1.1 400 ")
tell("connect", ask(get(b"a:1", method=b"CONNECT")), "HTTP/1.1 400 ")

# Paths.
tell("nothing there", ask(get(b"/nope")), "HTTP/1.1 404 ", '"error":', '"details":', '"retry_after":')
tell("wrong method", ask(get(b"/stats", method=b"POST")), "HTTP/1.1 405 ", "[Aa]llow: GET, HEAD")
tell("absolute form", ask(get(b"http://localhost/health")), "HTTP/1.1 200 ")
for path in (b"/%00", b"/%2e%2e/x", b"/../x", b"/status/%2f", b"/%zz", b"/%", b"//", b"/\xff"):
    tell(f"path {path}", ask(get(path)), "HTTP/1.1 400 ")
for path in (b"/status/", b"/outputs/", b"/logs/", b"/download/", b"/stream/"):
    tell(f"no job {path}", ask(get(path + NONE)), "HTTP/1.1 404 ")
    tell(f"no id {path}", ask(get(path + b"x" * 1000)), "HTTP/1.1 404 ")
tell("download climbs", ask(get(b"/download/" + NONE + b"/../../../etc/passwd")), "HTTP/1.1 400 ")
tell("no cid", ask(get(b"/ipfs/x")), "HTTP/1.1 400 ")
tell("not held", ask(get(b"/ipfs/bafkqaaa".replace(b"bafkqaaa", b"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku") + b"?format=raw")), "HTTP/1.1 404 ")

# Several requests, old ones, those without an answer's body.
pair = b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n"
tell("pipelined", ask(pair * 2 + get(b"/nope")), "HTTP/1.1 200 ", "HTTP/1.1 200 ", "HTTP/1.1 404 ", count=3)
tell("garbage behind", ask(pair + b"\x01garbage\r\n\r\n"), "HTTP/1.1 200 ", "HTTP/1.1 400 ", count=2)
tell("half closed", ask(pair, half=True), "HTTP/1.1 200 ")
old = b"GET /health HTTP/1.0\r\n"
tell("http/1.0", ask(old + b"\r\n"), "HTTP/1.0 200 ", "[Cc]onnection: close")
kept = old + b"Connection: keep-alive\r\n\r\n"
tell("http/1.0 kept", ask(kept + old + b"\r\n"), "HTTP/1.0 200 ", "keep-alive", "HTTP/1.0 200 ", count=2)
head = b"HEAD /metrics HTTP/1.1\r\n" + HOST + b"\r\n"
tell("head", ask(head + get(b"/health")), r"HTTP/1.1 200 .*\r\n\r\nHTTP/1.1 200 ", count=2)
tell("http/2 upgrade", ask(pair[:-2] + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"), "HTTP/1.1 200 ")
tell(
    "upgrade with a body",
    ask(b"POST /cancel/" + NONE + b" HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 3\r\n\r\nabc"),
    "HTTP/1.1 404 ",
)

# Web pages elsewhere.
tell("another origin", ask(get(b"/health", b"Origin: http://evil.example\r\n")), "HTTP/1.1 403 ")
tell("own origin", ask(get(b"/health", b"Origin: http://localhost\r\n")), "HTTP/1.1 200 ")
tell("null origin", ask(get(b"/health", b"Origin: null\r\n")), "HTTP/1.1 403 ")
tell("cross site", ask(get(b"/health", b"Sec-Fetch-Site: cross-site\r\n")), "HTTP/1.1 403 ")
tell("rebound", ask(b"GET /health HTTP/1.1\r\nHost: evil.example:80\r\n" + END), "HTTP/1.1 403 ")

# Bodies that are not as they say.
post = b"POST /ipfs HTTP/1.1\r\n" + HOST + CAR
tell("two lengths", ask(post + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "HTTP/1.1 400 ")
tell("negative length", ask(post + b"Content-Length: -5\r\n\r\n"), "HTTP/1.1 400 ")
tell("bad chunk", ask(post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc"), "HTTP/1.1 400 ")
tell("cut off", ask(post + b"Content-Length: 100\r\n\r\nabc", half=True), "HTTP/1.1 400 ")
tell("longer than said", ask(post + b"Content-Length: 3\r\n\r\nabcdefgh\r\n\r\n"), "HTTP/1.1 400 ", "HTTP/1.1 400 ", count=2)
tell("no car", ask(post + b"Content-Length: 3\r\n" + END + b"abc"), "HTTP/1.1 400 ", '"details":"')
tell("another type", ask(b"POST /ipfs HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n" + END + b"abc"), "HTTP/1.1 415 ")
tell("no form", ask(b"POST /submit HTTP/1.1\r\n" + HOST + CAR + b"Content-Length: 3\r\n" + END + b"abc"), "HTTP/1.1 415 ")
submit = b"POST /submit HTTP/1.1\r\n" + HOST + FORM
tell("empty form", ask(submit + b"Content-Length: 7\r\n" + END + b"--x--\r\n"), "HTTP/1.1 400 ", "no files")
tell("form cut off", ask(submit + b"Content-Length: 5\r\n" + END + b"--x\r\n"), "HTTP/1.1 400 ", "ends before")
tell("too long by its word", ask(submit + b"Content-Length: 99999999999999\r\n\r\nabc"), "HTTP/1.1 413 ")
chunks = (b"100000\r\n" + b"a" * (1 << 20) + b"\r\n") * 2
tell("too long in truth", ask(post + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"), "HTTP/1.1 4(00|13) ")
part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
tell("form too long in truth", ask(submit + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(part) + part + b"\r\n" + chunks), "HTTP/1.1 413 ")
tell("refused while it waits", ask(b"POST /nope HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n"), "HTTP/1.1 404 ")
with connect() as connection:
    connection.sendall(post + b"Content-Length: 3\r\nExpect: 100-continue\r\n" + END)
    first = connection.recv(100)
    connection.sendall(b"abc")
    tell("told to go on", first + read(connection), "HTTP/1.1 100 ", "HTTP/1.1 400 ", count=2)

# Those who take their time.
tell("silent", ask(b""), "HTTP/1.1 408 ")
tell("slow head", ask(b"GET / HTTP/1.1\r\nHo"), "HTTP/1.1 408 ")
tell("idle", ask(pair), "HTTP/1.1 200 ")
with connect() as connection:
    connection.sendall(post + b"Content-Length: 100000\r\n\r\n")
    try:
        for _ in range(120):
            connection.sendall(b"a")
            time.sleep(0.5)
        tell("slow body", b"it went on")
    except OSError:
        tell("slow body", read(connection), "HTTP/1.1 408 ")
tell("still there", ask(get(b"/health")), "HTTP/1.1 200 ", '"status":"ok"')
