#!/usr/bin/env python3
"""A go-between of an Ethereum node that spoils chosen calls: loses answers, changes them, or makes them wait.

    rpc-broker.py --to PORT --lose eth_sendRawTransaction        the node has the call, its answer never comes
    rpc-broker.py --to PORT --lose eth_sendRawTransaction:2      the first two of them
    rpc-broker.py --to PORT --answer eth_chainId='"0x1"'         this result, whatever the node says
    rpc-broker.py --to PORT --answer eth_getTransactionByHash=null:3
    rpc-broker.py --to PORT --fail eth_sendRawTransaction='txpool is full'   refused with -32000, the node not asked
    rpc-broker.py --to PORT --refuse eth_sendRawTransaction='reverted'   refused with -32000, but the node has the call
    rpc-broker.py --to PORT --fail … --only 70997970      refusals, answers and changes only for parameters with this text
    rpc-broker.py --to PORT --hold eth_sendRawTransaction:3      no answer to it before three such calls came
    rpc-broker.py --to PORT --hang --only 22222222        no answer to calls with this text, and the node not asked
    rpc-broker.py --to PORT --status eth_sendRawTransaction=503:1   HTTP's status, with Retry-After: 1; not asked
    rpc-broker.py --to PORT --garbage eth_getBalance:1    a page of HTML for the whole request; the node not asked
    rpc-broker.py --to PORT --change eth_getTransactionReceipt.gasUsed='"0x1"'  a member of an answer, or of each in a list
    rpc-broker.py --to PORT --outage FILE                 HTTP's status in FILE for every request, as long as it is not empty;
                                                          "html": a page of HTML instead
    rpc-broker.py --to PORT --delay 0.2                          each answer that much later

Prints its port as a line when it is ready. With --counts FILE it writes there after each request what it saw so far:
a line "requests N", then a line "METHOD N" for each method. Ends after --lifetime seconds.
"""

import argparse
import collections
import http.client
import http.server
import json
import os
import threading
import time


def rule(text):
    """METHOD[=JSON][:TIMES]: the last part counts only where it is a number."""
    head, colon, times = text.rpartition(":")
    if colon and times.isdigit():
        return head, int(times)
    return text, float("inf")


class Rules:
    """What is done to which method, and how often yet."""

    def __init__(self, texts):
        self.left = {}
        self.values = {}
        for text in texts:
            body, times = rule(text)
            name, _, value = body.partition("=")
            self.left[name] = times
            self.values[name] = value

    def take(self, name):
        """The value of a rule that holds once more, else None."""
        if self.left.get(name, 0) < 1:
            return None
        self.left[name] -= 1
        return self.values[name]


def errors(refusals):
    """Answers that refuse, by the calls' ids."""
    return {
        key: {"jsonrpc": "2.0", "id": key, "error": {"code": -32000, "message": text}}
        for key, text in refusals.items() if text is not None
    }


class Broker(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.options = options
        self.lock = threading.Lock()
        self.arrival = threading.Condition()
        self.came = collections.Counter()
        self.refuse, self.status = Rules(options.refuse), Rules(options.status)
        self.held = dict(rule(text) for text in options.hold)
        self.lose, self.fail = Rules(options.lose), Rules(options.fail)
        self.answer, self.change = Rules(options.answer), Rules(options.change)
        self.garbage = Rules(options.garbage)
        self.counts = collections.Counter()

    def outage(self):
        if not self.options.outage or not os.path.exists(self.options.outage):
            return ""
        with open(self.options.outage) as file:
            return file.read().strip()

    def count(self, calls):
        if not self.options.counts:
            return
        self.counts["requests"] += 1
        self.counts.update(call["method"] for call in calls)
        text = "".join(f"{name} {number}\n" for name, number in sorted(self.counts.items()))
        with open(self.options.counts + ".new", "w") as file:
            file.write(text)
        os.replace(self.options.counts + ".new", self.options.counts)

    def arrived(self, calls):
        with self.arrival:
            self.came.update(call["method"] for call in calls)
            self.arrival.notify_all()

    def hold(self, calls):
        """Waits until as many calls came as the answers are held for."""
        with self.arrival:
            for call in calls:
                name = call["method"]
                self.arrival.wait_for(lambda: self.came[name] >= self.held.get(name, 0))

    def refusal(self, rules, call):
        """The words of a rule that is about this call."""
        return rules.take(call["method"]) if self.concerns(call) else None

    def concerns(self, call):
        return self.options.only.lower() in json.dumps(call.get("params")).lower()

    def spoil(self, call, answer):
        method = call["method"]
        if not self.concerns(call):
            return
        if (result := self.answer.take(method)) is not None:
            answer.pop("error", None)
            answer["result"] = json.loads(result)
        result = answer.get("result")
        for entry in result if isinstance(result, list) else [result]:
            for member in list(entry) if isinstance(entry, dict) else []:
                if (value := self.change.take(f"{method}.{member}")) is not None:
                    entry[member] = json.loads(value)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = json.loads(body)
        calls = request if isinstance(request, list) else [request]
        broker = self.server
        outage = broker.outage()
        if outage == "html":
            return self.reply(200, b"<html><title>Welcome</title></html>", "text/html")
        if outage:
            return self.reply(int(outage), b"later", "text/plain")
        with broker.lock:
            broker.count(calls)
            refusals = {call["id"]: broker.refusal(broker.fail, call) for call in calls}
            late = {call["id"]: broker.refusal(broker.refuse, call) for call in calls}
            isLost = any(broker.lose.take(call["method"]) is not None for call in calls)
            isGarbage = any(broker.garbage.take(call["method"]) is not None for call in calls)
            status = next(filter(None, (broker.status.take(call["method"]) for call in calls)), None)
        if status:
            return self.reply(int(status), b"later", "text/plain", {"Retry-After": "1"})
        if isGarbage:
            return self.reply(200, b"<html><title>Welcome</title></html>", "text/html")
        if broker.options.hang and broker.options.only.lower() in json.dumps(calls).lower():
            threading.Event().wait()
        broker.arrived(calls)
        known = errors(refusals)
        asked = [call for call in calls if call["id"] not in known]
        if asked:
            for answer in self.ask(asked):
                known[answer["id"]] = answer
        known.update(errors(late))
        broker.hold(calls)
        if isLost:
            self.close_connection = True
            return
        with broker.lock:
            for call in calls:
                broker.spoil(call, known[call["id"]])
        answers = [known[call["id"]] for call in calls]
        time.sleep(broker.options.delay)
        text = json.dumps(answers if isinstance(request, list) else answers[0]).encode()
        self.reply(200, text, "application/json")

    def reply(self, status, body, kind, fields={}):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def ask(self, calls):
        node = getattr(self, "node", None)
        if node is None:
            node = self.node = http.client.HTTPConnection("127.0.0.1", self.server.options.to, timeout=60)
        node.request("POST", "/", json.dumps(calls), {"Content-Type": "application/json"})
        return json.loads(node.getresponse().read())

    def log_message(self, *arguments):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=int, required=True)
    parser.add_argument("--lose", action="append", default=[])
    parser.add_argument("--answer", action="append", default=[])
    parser.add_argument("--fail", action="append", default=[])
    parser.add_argument("--refuse", action="append", default=[])
    parser.add_argument("--only", default="")
    parser.add_argument("--hang", action="store_true")
    parser.add_argument("--hold", action="append", default=[])
    parser.add_argument("--status", action="append", default=[])
    parser.add_argument("--change", action="append", default=[])
    parser.add_argument("--garbage", action="append", default=[])
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--counts")
    parser.add_argument("--outage")
    parser.add_argument("--lifetime", type=float, default=300)
    options = parser.parse_args()
    broker = Broker(options)
    print(broker.server_address[1], flush=True)
    timer = threading.Timer(options.lifetime, os._exit, [0])
    timer.daemon = True
    timer.start()
    broker.serve_forever()


if __name__ == "__main__":
    main()
