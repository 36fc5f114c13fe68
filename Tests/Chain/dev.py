"""Start development chains for a test, by the verb that users start them with."""

import json
import os
import select
import signal
import subprocess

# How long a chain may take to be ready, and to end.
STARTING, ENDING = 120, 30


class Chain:
    """One `sr-chain dev`: its record, and its end."""

    def __init__(self, *options, engine=None):
        words = ["sr-chain", "dev", "--port", "0", *options]
        if engine:
            words += ["--engine", engine]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        ready, _, _ = select.select([self.process.stdout], [], [], STARTING)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            self.stop()
            raise RuntimeError(f"{' '.join(words)} did not become ready (status {self.process.returncode})")
        self.record = json.loads(line)["chain"]
        self.endpoint, self.ws = self.record["endpoint"], self.record["ws"]

    def stop(self):
        """Ends it, and says with what status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def engines():
    """The engines to test: the project's own, and what is on PATH."""
    found = ["devchain"]
    for name in ("geth",):
        if any(os.access(os.path.join(folder, name), os.X_OK) for folder in os.get_exec_path()):
            found.append(name)
    return found
