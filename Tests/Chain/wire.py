"""Speak to a chain as the transcript was recorded: raw HTTP requests, WebSocket messages in their order."""

import http.client
import json
from collections import deque
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

# How long an answer may take, and how long silence is listened to.
PATIENCE = 60
SILENCE = 0.4


class Http:
    """JSON-RPC over HTTP; one connection a request, so that nothing is left over from the one before."""

    def __init__(self, endpoint):
        parts = urlsplit(endpoint)
        self.host, self.port = parts.hostname, parts.port

    def exchange(self, method, path, headers, body):
        """Status, headers and body of the answer, as they came."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            named = {name.lower() for name in headers}
            connection.putrequest(method, path, skip_host="host" in named, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            try:
                connection.endheaders(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # an answer may come before all was sent
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def post(self, body):
        return self.exchange("POST", "/", {"Content-Type": "application/json"}, body)

    def call(self, method, *params):
        """The result of one call that is no row; fails loudly where there is none."""
        request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
        _, _, body = self.post(json.dumps(request).encode())
        answer = json.loads(body)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]


class Socket:
    """One WebSocket connection, with answers and pushes kept apart."""

    def __init__(self, url, origin=None):
        self.connection = connect(url, origin=origin, max_size=None, open_timeout=PATIENCE)
        self.answers, self.pushes = deque(), deque()

    def send(self, text, binary=False):
        self.connection.send(text.encode() if binary else text)

    def answer(self):
        """The next message that answers something, as text; None where the other side went away."""
        return self._next(self.answers, PATIENCE)

    def push(self):
        """The next message that nobody asked for."""
        return self._next(self.pushes, PATIENCE)

    def silence(self):
        """Whatever came although nothing should."""
        text = self._next(self.pushes, SILENCE)
        return text if text is not None else (self.answers.popleft() if self.answers else None)

    def closed(self):
        """How the other side closed: 1006 where it sent no close frame; None where it did not."""
        try:
            self.connection.recv(timeout=PATIENCE)
        except ConnectionClosed:
            return self.connection.close_code if self.connection.close_code else 1006
        except TimeoutError:
            pass
        return None

    def ping(self, payload):
        return self.connection.ping(payload).wait(PATIENCE)

    def close(self, code=1000):
        self.connection.close(code)
        return self.connection.close_code

    def _next(self, queue, seconds):
        try:
            while not queue:
                text = self.connection.recv(timeout=seconds)
                message = json.loads(text)
                asked = not (isinstance(message, dict) and "method" in message)
                (self.answers if asked else self.pushes).append(text)
        except (TimeoutError, ConnectionClosed):
            return None
        return queue.popleft()
