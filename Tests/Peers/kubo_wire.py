"""How Kubo's RPC looks on the wire, for the servers in this folder: requests read whole, answers sent byte by byte as they are given.

A fault, KIND or KIND@COMMAND (as `stall@block/get`), bends the answers to a command, or to all of them:

    lie        one bit of the body is another
    stall      half of the body, then nothing more, the connection open
    silent     not a byte
    truncate   half of the body, then the end of the connection
    close      the connection is reset in the middle of the body
    trailer    half of the body, a last chunk, and X-Stream-Error in the trailers
    error      200, and an error as a line of JSON
    endless    the body again and again, without end
    500, 502, 429, 401, 403, 404   that status (502 and 429: the first two times, then all is well)
    html       200, and a page for people
    empty      200, and nothing
    drip       500, and a body that comes byte by byte, without end
"""
import http.server
import json
import socket
import struct
import sys
import threading
import time
import urllib.parse

over = threading.Event()
COMMON = [
    ("Access-Control-Allow-Headers", "X-Stream-Output, X-Chunked-Output, X-Content-Length"),
    ("Access-Control-Expose-Headers", "X-Stream-Output, X-Chunked-Output, X-Content-Length"),
]


class Answer:
    """An answer as it goes out: `framing` is chunked, content-length or close."""

    def __init__(self, status, fields, body=b"", framing="chunked", trailers=(), whole=True, reset=False, then=None):
        self.status, self.fields, self.body, self.framing = status, list(fields), body, framing
        self.then = then  # behind the body: "again", itself ten times a second, or "silence"; without end
        self.trailers, self.whole, self.reset = list(trailers), whole, reset


def plain(status, text, fields=(), vary=True):
    """What Go's own server says before there is a command."""
    fields = list(fields) + [("Content-Type", "text/plain; charset=utf-8")] + ([("Vary", "Origin")] if vary else [])
    fields += [("X-Content-Type-Options", "nosniff"), ("Content-Length", str(len(text)))]
    return Answer(status, fields, text.encode(), "content-length")


def failed(message, status=500):
    body = json.dumps({"Message": message, "Code": 0, "Type": "error"}, separators=(",", ":"), ensure_ascii=False)
    return stream([body], status=status)


def stream(lines=(), body=None, kind="application/json", status=200, many=False, error=None, length=None):
    """Lines, or bytes where there is a body, with what Kubo puts into the header of either."""
    fields = COMMON + [("Content-Type", kind), ("Server", "kubo/0.42.0"), ("Trailer", "X-Stream-Error"), ("Vary", "Origin")]
    if many and status == 200:
        fields.append(("X-Chunked-Output", "1"))
    if length is not None:
        fields.append(("X-Content-Length", str(length)))
    if body is not None:
        fields.append(("X-Stream-Output", "1"))
    else:
        body = "".join(line + "\n" for line in lines).encode()
    fields.append(("Transfer-Encoding", "chunked"))
    return Answer(status, fields, body, trailers=[("X-Stream-Error", error)] if error else ())


class Faults:
    def __init__(self, texts):
        self.faults = [text.partition("@")[::2] for text in texts]
        self.counts = {}
        self.lock = threading.Lock()

    def of(self, command):
        for kind, only in self.faults:
            if only and only != command:
                continue
            if kind in ("429", "502"):
                with self.lock:
                    self.counts[kind] = self.counts.get(kind, 0) + 1
                    if self.counts[kind] > 2:
                        continue
            return kind
        return None


class Handler(http.server.BaseHTTPRequestHandler):
    """Calls `reply(method, path, query, headers, body)`, which gives an Answer."""

    protocol_version = "HTTP/1.1"
    faults = Faults([])
    piece = None
    asked = None

    def log_message(self, *_):
        pass

    def content(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return body
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def handle_request(self):
        url = urllib.parse.urlsplit(self.path)
        command = url.path.removeprefix("/api/v0/")
        fault = self.faults.of(command)
        if fault == "silent":
            over.wait()
            return
        body = self.content()
        query = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
        if Handler.asked is not None:
            Handler.asked.append(f"{self.command} {self.path}")
        answer = self.reply(self.command, url.path, query, self.headers, body)
        try:
            self.put(answer, fault)
        except OSError:
            self.close_connection = True
            if Handler.asked is not None:
                Handler.asked.append(f"hung up on {url.path}")

    do_GET = do_HEAD = do_POST = do_PUT = do_OPTIONS = do_DELETE = handle_request

    def head(self, answer):
        lines = [f"HTTP/1.1 {answer.status} {http.HTTPStatus(answer.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in answer.fields]
        lines.append(f"Date: {self.date_time_string()}")
        if answer.framing == "close" or self.headers.get("Connection") == "close":
            lines.append("Connection: close")
            self.close_connection = True
        self.wfile.write("\r\n".join(lines + ["", ""]).encode())

    def chunks(self, body, answer):
        if self.command == "HEAD":
            return
        size = self.piece or max(1, len(body))
        for start in range(0, len(body), size):
            part = body[start:start + size]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part) if answer.framing == "chunked" else part)

    def finish_body(self, answer):
        if answer.framing == "chunked" and self.command != "HEAD":
            trailers = "".join(f"{name}: {value}\r\n" for name, value in answer.trailers)
            self.wfile.write(f"0\r\n{trailers}\r\n".encode())

    def reset(self):
        """An end by RST, as of a process that was killed."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def put(self, answer, fault):
        match fault:
            case "lie" if answer.body:
                middle = len(answer.body) // 2
                answer.body = answer.body[:middle] + bytes([answer.body[middle] ^ 1]) + answer.body[middle + 1:]
            case "500":
                answer = failed("the disk is full")
            case "502":
                answer = plain(502, "bad gateway\n")
            case "429":
                answer = plain(429, "slow down\n", [("Retry-After", "0")])
            case "401":
                answer = plain(401, "401 - Unauthorized\n")
            case "403":
                answer = plain(403, "403 - Forbidden\n")
            case "404":
                answer = plain(404, "404 page not found\n")
            case "html":
                answer = plain(200, "<html>welcome</html>\n")
            case "empty":
                answer = stream()
            case "drip":
                answer = stream(body=b"x", status=500)
                answer.then = "again"
            case "error":
                answer = stream(['{"Message":"the disk is full","Code":0,"Type":"error"}'])
        half = answer.body[:len(answer.body) // 2]
        self.head(answer)
        match fault:
            case "stall":
                self.chunks(half, answer)
                self.wfile.flush()
                over.wait()
                self.close_connection = True
                return
            case "truncate":
                self.chunks(half, answer)
                self.close_connection = True
                return
            case "close":
                self.chunks(half, answer)
                return self.reset()
            case "trailer":
                self.chunks(half, answer)
                answer.trailers = [("X-Stream-Error", "the disk is full")]
                return self.finish_body(answer)
            case "endless":
                while not over.is_set():
                    self.chunks(answer.body or b"\n", answer)
        self.chunks(answer.body, answer)
        while answer.then and not over.wait(0.1):
            if answer.then == "again":
                self.chunks(answer.body, answer)
        if answer.reset:
            return self.reset()
        if not answer.whole:
            self.close_connection = True
            return
        self.finish_body(answer)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """Clients go away in the middle: that is what they are tested for."""


def options(parser):
    parser.add_argument("--fault", action="append", default=[], metavar="KIND[@COMMAND]")
    parser.add_argument("--piece", type=int, help="bytes in each chunk")
    parser.add_argument("--lifetime", type=float, help="seconds; without it, until the end of standard input")
    parser.add_argument("--log", help="a file that gets a line for each request, as it is answered")


def serve(handler, given, lines=()):
    """Prints the port, then `lines`; serves until the end of standard input or of its lifetime."""
    handler.faults = Faults(given.fault)
    handler.piece = given.piece
    Handler.asked = Log(given.log) if given.log else None
    server = Server(("127.0.0.1", 0), handler)
    print(server.server_address[1], *lines, sep="\n", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if given.lifetime is None:
        sys.stdin.read()
    else:
        time.sleep(given.lifetime)
    over.set()


class Log:
    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")
        self.lock = threading.Lock()

    def append(self, line):
        with self.lock:
            print(line, file=self.file, flush=True)
