#!/usr/bin/env python3
"""Writes addresses.jsonl, signatures.jsonl and keystore.jsonl with eth-account (pip install eth-account).

Every key here is made from a seed that anyone can read: never use one.
"""
import copy
import hashlib
import json
import os
import random
import sys
from importlib.metadata import version

from eth_account import Account
from eth_account.messages import _hash_eip191_message, encode_defunct, encode_intended_validator, encode_typed_data
from eth_keyfile import create_keyfile_json, keyfile
from eth_keys import keys
from eth_utils import to_checksum_address

SOURCE = f"make-ethereum.py, eth-account {version('eth-account')}"
FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(__file__)
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
rng = random.Random(20260102)
out = None


def row(**members):
    print(json.dumps({**members, "source": members.pop("source", SOURCE)}, separators=(",", ":")), file=out)


def key(name):
    return hashlib.sha256(f"sandrun test key {name}".encode()).digest()


def hexed(data):
    return "0x" + bytes(data).hex()


def addresses():
    edges = [1, 2, 3, ORDER - 1, ORDER - 2, (ORDER + 1) // 2, 1 << 255, (1 << 128) - 1]
    for number in edges + [int.from_bytes(key(i), "big") for i in range(24)]:
        secret = keys.PrivateKey(number.to_bytes(32, "big"))
        public = secret.public_key
        row(kind="key", private_key=hexed(secret.to_bytes()), public_key="0x04" + public.to_bytes().hex(),
            compressed=hexed(public.to_compressed_bytes()), address=public.to_checksum_address())
    for number in [0, ORDER, ORDER + 1, (1 << 256) - 1]:
        row(kind="bad-key", private_key=hexed(number.to_bytes(32, "big")))
    good = [to_checksum_address("0x" + key(i)[:20].hex()) for i in range(12)]
    # The examples of the EIP's own text.
    for text in ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                 "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"]:
        row(kind="parse", input=text, expect="ok", checksummed=text, source="EIP-55")
    for text in good:
        for form in (text, text.lower(), "0x" + text[2:].upper()):
            row(kind="parse", input=form, expect="ok", checksummed=text)
        letters = [i for i, c in enumerate(text) if i > 1 and c.isalpha()]
        place = rng.choice(letters)
        row(kind="parse", input=text[:place] + text[place].swapcase() + text[place + 1:], expect="badChecksum")
    text = good[0]
    for bad, reason in [("", "missingPrefix"), (text[2:], "missingPrefix"), ("0X" + text[2:], "missingPrefix"), (" " + text, "missingPrefix"),
                        ("0x", "badLength"), (text[:-1], "badLength"), (text[:-2], "badLength"), (text + "00", "badLength"),
                        (text + "\n", "badLength"), (text + " \n", "badDigit"), (text[:-1] + "g", "badDigit"), (text[:-1] + "\u0660", "badLength"),
                        (text[:20] + "\0" + text[21:], "badDigit")]:
        row(kind="parse", input=bad, expect=reason)


def signatures():
    def signed(signable, number, **members):
        secret = key(number)
        made = Account.sign_message(signable, secret)
        row(**members, digest=hexed(_hash_eip191_message(signable)), private_key=hexed(secret), signature=hexed(made.signature),
            address=Account.from_key(secret).address)

    messages = [b"", b"a", b"\n", b"hello", "Grüße, 世界".encode(), bytes(range(256)), b"x" * 9, b"x" * 10, b"x" * 99, b"x" * 100,
                b"y" * 1000, b"y" * 4096, b"DSSEv1 28 application/vnd.in-toto+json 2 {}"]
    messages += [rng.randbytes(rng.randrange(300)) for _ in range(20)]
    for number, message in enumerate(messages):
        signed(encode_defunct(message), number, kind="personal", message=hexed(message))
    for number in range(5):
        validator, data = to_checksum_address(key(number)[:20]), rng.randbytes(number * 20)
        signed(encode_intended_validator(validator, data), number, kind="validator", validator=validator, message=hexed(data))
    members = [{"name": n, "type": t} for t, n in
               [("bytes32", "jobId"), ("address", "node"), ("bytes32", "resultHash"), ("bytes32", "traceRoot")]]
    kinds = {"name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address", "salt": "bytes32"}
    for number in range(16):
        domain = {"name": "Sandrun", "version": "1"}
        if number % 2:
            domain["salt"] = hexed(rng.randbytes(32))
        else:
            domain["chainId"] = rng.choice([1, 31337, 11155111, (1 << 256) - 1])
            domain["verifyingContract"] = to_checksum_address(rng.randbytes(20))
        message = {"jobId": hexed(rng.randbytes(32)), "node": Account.from_key(key(number)).address,
                   "resultHash": hexed(rng.randbytes(32)), "traceRoot": hexed(rng.randbytes(32))}
        whole = {"types": {"EIP712Domain": [{"name": n, "type": kinds[n]} for n in domain], "Result": members},
                 "primaryType": "Result", "domain": domain, "message": message}
        signable = encode_typed_data(full_message=whole)
        shown = {**domain, **({"chainId": str(domain["chainId"])} if "chainId" in domain else {})}
        signed(signable, number, kind="result", domain=shown, message=message, separator=hexed(signable.header),
               structure=hexed(signable.body))
    secret = key("bad")
    digest = hashlib.sha256(b"digest").digest()
    made = keys.PrivateKey(secret).sign_msg_hash(digest)
    r, s, v = made.r, made.s, made.v
    for name, (r1, s1, v1), reason in [
            ("high s", (r, ORDER - s, 28 - v), "highS"), ("s = n/2 + 1", (r, ORDER // 2 + 1, 27 + v), "highS"), ("r = 0", (0, s, 27), "outOfRange"),
            ("s = 0", (r, 0, 27), "outOfRange"), ("r = n", (ORDER, s, 27), "outOfRange"), ("s = n", (r, ORDER, 27), "outOfRange"),
            ("v = 2", (r, s, 2), "badRecovery"), ("v = 26", (r, s, 26), "badRecovery"), ("v = 29", (r, s, 29), "badRecovery"),
            ("v = 37", (r, s, 37), "badRecovery"), ("v = 255", (r, s, 255), "badRecovery")]:
        data = r1.to_bytes(32, "big") + s1.to_bytes(32, "big") + bytes([v1])
        row(kind="refuse", name=name, signature=hexed(data), reason=reason)
    whole = hexed(r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([27 + v]))
    for name, text, reason in [("no prefix", whole[2:], "notHex"), ("odd", whole[:-1], "notHex"), ("short", whole[:-2], "badLength"),
                               ("long", whole + "00", "badLength"), ("empty", "0x", "badLength"), ("compact", whole[:130], "badLength")]:
        row(kind="refuse", name=name, signature=text, reason=reason)


def keystore():
    def made(number, password, kdf="scrypt", **options):
        cost = options.pop("iterations", 1024 if kdf == "scrypt" else 1000)
        return create_keyfile_json(key(number), password.encode(), kdf=kdf, iterations=cost, **options)

    def ok(name, file, number, password):
        row(name=name, keystore=file, password=password, expect="ok", private_key=hexed(key(number)),
            address=Account.from_key(key(number)).address)

    keyfile.SCRYPT_R, keyfile.SCRYPT_P = 1, 1
    passwords = ["testpassword", "", " ", "Grüße", "世界🔑", "x" * 64, "x" * 65, "x" * 1000, "with\nnewline", "trailing\n", "\x00nul", "0x1234"]
    for number, password in enumerate(passwords):
        for kdf in ("scrypt", "pbkdf2"):
            file = made(number, password, kdf)
            ok(f"{kdf} {password[:12]!r}", file, number, password)
            row(name=f"{kdf} {password[:12]!r} and one more", keystore=file, password=password + "x", expect="wrongPassphrase")
    ok("n = 2^17, r = 1", made(53, "pw", iterations=1 << 17), 53, "pw")
    keyfile.SCRYPT_R, keyfile.SCRYPT_P = 8, 1
    ok("standard cost", made(50, "pw", iterations=262144), 50, "pw")
    ok("n = 2", made(51, "pw", iterations=2), 51, "pw")
    ok("c = 1", made(52, "pw", "pbkdf2", iterations=1), 52, "pw")

    base = {kdf: made(60, "pw", kdf) for kdf in ("scrypt", "pbkdf2")}

    def changed(name, expect, change, kdf="scrypt"):
        file = copy.deepcopy(base[kdf])
        change(file)
        if expect == "ok":
            ok(name, file, 60, "pw")
        else:
            row(name=name, keystore=file, password="pw", expect=expect)

    def at(*path, to):
        def change(file):
            for step in path[:-1]:
                file = file[step]
            if to is None:
                del file[path[-1]]
            else:
                file[path[-1]] = to(file[path[-1]]) if callable(to) else to
        return change

    def capital(file):
        file["Crypto"] = file.pop("crypto")

    def prefixed(file):
        for member in ("ciphertext", "mac"):
            file["crypto"][member] = "0x" + file["crypto"][member]
        file["address"] = Account.from_key(key(60)).address

    flip = lambda text: text[:-1] + ("0" if text[-1] != "0" else "1")
    crypto, kdfp = ("crypto",), ("crypto", "kdfparams")
    changed("capital Crypto", "ok", capital)
    changed("prefixes and a checksummed address", "ok", prefixed)
    changed("upper-case hex", "ok", at(*crypto, "mac", to=str.upper))
    changed("no address", "ok", at("address", to=None))
    changed("empty address", "ok", at("address", to=""))
    changed("no id", "ok", at("id", to=None))
    changed("another's address", "otherAddress", at("address", to="00" * 20))
    changed("address mistyped", "malformed", at("address", to="00" * 19))
    changed("address a number", "malformed", at("address", to=7))
    for version_ in (1, 2, 4, "3", 3.5, None):
        changed(f"version {version_!r}", "missing" if version_ is None else "unsupported", at("version", to=version_))
    for member in ("ciphertext", "mac"):
        changed(f"{member} changed", "wrongPassphrase", at(*crypto, member, to=flip))
        changed(f"{member} cut", "wrongPassphrase", at(*crypto, member, to=lambda text: text[:-2]))
        changed(f"{member} odd", "malformed", at(*crypto, member, to=lambda text: text[:-1]))
        changed(f"{member} empty", "wrongPassphrase", at(*crypto, member, to=""))
        changed(f"{member} a number", "malformed", at(*crypto, member, to=5))
    for path in [("crypto",), (*crypto, "ciphertext"), (*crypto, "mac"), (*crypto, "cipher"), (*crypto, "cipherparams"), (*crypto, "cipherparams", "iv"),
                 (*crypto, "kdf"), kdfp, (*kdfp, "salt"), (*kdfp, "n"), (*kdfp, "r"), (*kdfp, "p"), (*kdfp, "dklen")]:
        changed(f"no {path[-1]}", "missing", at(*path, to=None))
    for member in ("c", "prf"):
        changed(f"no {member}", "missing", at(*kdfp, member, to=None), "pbkdf2")
    changed("salt changed", "wrongPassphrase", at(*kdfp, "salt", to=flip))
    changed("salt no hex", "malformed", at(*kdfp, "salt", to="zz"))
    changed("iv short", "malformed", at(*crypto, "cipherparams", "iv", to="00" * 15))
    changed("iv changed", "otherAddress", at(*crypto, "cipherparams", "iv", to=flip))
    for cipher in ("aes-256-ctr", "aes-128-cbc", "AES-128-CTR", ""):
        changed(f"cipher {cipher}", "unsupported", at(*crypto, "cipher", to=cipher))
    for kdf in ("argon2id", "Scrypt", ""):
        changed(f"kdf {kdf}", "unsupported", at(*crypto, "kdf", to=kdf))
    changed("prf", "unsupported", at(*kdfp, "prf", to="hmac-sha512"), "pbkdf2")
    for n in (0, 1, 3, 1000, -2, 1.5, "1024", 1 << 80):
        changed(f"n {n!r}", "malformed", at(*kdfp, "n", to=n))
    for member in ("r", "p"):
        for value in (0, -1):
            changed(f"{member} {value}", "malformed", at(*kdfp, member, to=value))
    for value in (0, -1):
        changed(f"c {value}", "malformed", at(*kdfp, "c", to=value), "pbkdf2")
    for dklen in (0, -1, 1025, 1 << 40):
        changed(f"dklen {dklen}", "malformed", at(*kdfp, "dklen", to=dklen))
    changed("dklen 16", "wrongPassphrase", at(*kdfp, "dklen", to=16))
    changed("dklen 64", "ok", at(*kdfp, "dklen", to=64))
    changed("n of 2 TiB", "excessive", at(*kdfp, "n", to=1 << 31))
    changed("n of all memory", "excessive", at(*kdfp, "n", to=1 << 62))
    changed("r huge", "excessive", at(*kdfp, "r", to=(1 << 63) - 1))
    changed("p huge", "excessive", at(*kdfp, "p", to=(1 << 63) - 1))
    changed("lanes of 1 GiB", "excessive", lambda file: file["crypto"]["kdfparams"].update(n=2, r=1, p=1 << 23))
    changed("p for hours", "excessive", at(*kdfp, "p", to=1 << 20))
    changed("c for hours", "excessive", at(*kdfp, "c", to=10**10), "pbkdf2")


for writer in (addresses, signatures, keystore):
    with open(os.path.join(FOLDER, writer.__name__ + ".jsonl"), "w") as out:
        writer()
