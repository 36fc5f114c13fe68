"""Say how an answer differs from the one that was recorded.

Values are compared exactly, but for what cannot be the same on another chain: block hashes and ids are names, which
must stand for the same thing everywhere; roots, times and the client's own marks must have the same form.
"""

import re

# What a block's contents decide together with its state, time or maker: the form only.
FORM_KEYS = {"stateRoot", "mixHash", "timestamp", "blockTimestamp", "extraData"}
# What names a block.
NAME_KEYS = {"parentHash", "blockHash"}
NO_BLOCK = "0x" + 64 * "0"
# What follows from the whole state: lists of trie nodes, however many.
NODES_KEYS = {"accountProof", "proof"}
# The answers of these are ids of the server's choice.
ID_METHODS = {"eth_newFilter", "eth_newBlockFilter", "eth_newPendingTransactionFilter", "eth_subscribe"}


class Names:
    """Which of our block hashes and ids stands for which recorded one, both ways."""

    def __init__(self):
        self.ours, self.theirs = {}, {}

    def pair(self, recorded, actual):
        """None, or how the two cannot stand for the same thing."""
        known = self.ours.setdefault(recorded, actual)
        back = self.theirs.setdefault(actual, recorded)
        if known != actual:
            return f"names another thing than before: was {known}, is {actual}"
        if back != recorded:
            return f"names two things: {actual} stood for {back}, now for {recorded}"
        return None

    def translate(self, value):
        """A recorded request in our own names."""
        if isinstance(value, str):
            return self.ours.get(value, value)
        if isinstance(value, list):
            return [self.translate(item) for item in value]
        if isinstance(value, dict):
            return {key: self.translate(item) for key, item in value.items()}
        return value


def form(value):
    """What kind of value it is: how a client would read it."""
    if isinstance(value, str):
        if re.fullmatch(r"0x(0|[1-9a-f][0-9a-f]{0,31})", value):
            return "quantity"
        if re.fullmatch(r"0x([0-9a-f]{2})*", value):
            size = len(value) // 2 - 1
            return f"{size} bytes" if size in (8, 20, 32, 256) else "bytes"
        return "text"
    if isinstance(value, list):
        return "list of " + (form(value[0]) if value else "nothing")
    return type(value).__name__


def general(path):
    """A path with every index the same."""
    return re.sub(r"\[\d+\]", "[*]", path)


class Comparison:
    """One recorded message against ours."""

    def __init__(self, names, loose=(), named=(), members=(), exact=True):
        self.names, self.loose, self.named = names, {general(path) for path in loose}, set(named)
        self.members = FORM_KEYS | set(members)
        # Another program's chain has another history, and may say things in other words.
        self.exact = exact
        self.differences = []

    def run(self, recorded, actual):
        self._value(recorded, actual, "response", None, None)
        return self.differences

    def _value(self, recorded, actual, path, key, owner):
        place = general(path)
        if recorded is None or actual is None:
            if recorded is not actual:
                self._tell(path, recorded, actual)
        elif key in NODES_KEYS:
            if form(recorded) != form(actual):
                self._tell(path, form(recorded), form(actual))
        elif isinstance(recorded, dict) and isinstance(actual, dict):
            self._object(recorded, actual, path)
        elif isinstance(recorded, list) and isinstance(actual, list):
            if self.exact and len(recorded) != len(actual):
                self._tell(path, f"{len(recorded)} elements", f"{len(actual)} elements: {short(actual)}")
            for index, (one, other) in enumerate(zip(recorded, actual)):
                self._value(one, other, f"{path}[{index}]", key, owner)
        elif self._is_name(place, recorded, key, owner):
            problem = self.names.pair(recorded, actual)
            # An id is a quantity whose leading zeros are cut.
            if problem or form(recorded) != form(actual):
                self._tell(path, recorded, actual, problem)
        elif key in self.members or place in self.loose:
            if form(recorded) != form(actual):
                self._tell(path, f"{form(recorded)} ({short(recorded)})", f"{form(actual)} ({short(actual)})")
        elif type(recorded) is not type(actual) or recorded != actual:
            same = not self.exact and (owner is None or form(recorded) == form(actual) or "code" in owner)
            if not same:
                self._tell(path, recorded, actual)

    def _object(self, recorded, actual, path):
        for key in recorded.keys() - actual.keys():
            self._tell(f"{path}.{key}", recorded[key], "(missing)")
        for key in actual.keys() - recorded.keys():
            self._tell(f"{path}.{key}", "(missing)", actual[key])
        for key in recorded:
            if key in actual:
                self._value(recorded[key], actual[key], f"{path}.{key}", key, recorded)

    def _is_name(self, path, recorded, key, owner):
        if not isinstance(recorded, str) or recorded == NO_BLOCK:
            return False
        if key in NAME_KEYS or path in self.named or recorded in self.names.ours:
            return True
        return key == "hash" and "parentHash" in (owner or {})

    def _tell(self, path, recorded, actual, why=None):
        reason = f" ({why})" if why else ""
        self.differences.append(f"{path}: recorded {short(recorded)}, ours {short(actual)}{reason}")


def short(value):
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 160 else f"{text[:120]}…{text[-20:]}"
