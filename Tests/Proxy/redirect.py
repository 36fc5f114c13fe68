#!/usr/bin/env python3
"""A server that answers whatever it is asked with a redirect to another one, which notes what reaches it.

    redirect.py --seen FILE      the paths that reached the second server, a line each

Prints the first one's port as a line when it is ready. Ends after --lifetime seconds.
"""

import argparse
import http.server
import os
import threading


class Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, status, body, fields):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def inner(seen):
    class Inner(Quiet):
        def do_GET(self):
            with open(seen, "a") as file:
                file.write(self.path + "\n")
            self.reply(200, b'{"status": "secret"}', {"Content-Type": "application/json"})

    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), Inner)


def outer(port):
    class Outer(Quiet):
        def do_GET(self):
            self.reply(302, b"", {"Location": f"http://127.0.0.1:{port}{self.path}"})

    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), Outer)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seen", required=True)
    parser.add_argument("--lifetime", type=float, default=300)
    options = parser.parse_args()
    target = inner(options.seen)
    server = outer(target.server_address[1])
    timer = threading.Timer(options.lifetime, os._exit, [0])
    timer.daemon = True
    timer.start()
    threading.Thread(target=target.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
