#!/usr/bin/env python3
"""Writes rlp, transactions, create-address, typed-data and hdwallet.jsonl with eth-account (pip install eth-account).

Every key here is made from a seed that anyone can read: never use one.
"""
import hashlib
import json
import os
import random
import sys
from importlib.metadata import version

import rlp
from eth_account import Account
from eth_account.hdaccount import mnemonic as bip39
from eth_account.hdaccount.deterministic import HDPath
from eth_account.types import Language
from eth_account.messages import encode_typed_data
from eth_utils import keccak, to_checksum_address

SOURCE = f"make-transactions.py, eth-account {version('eth-account')}"
FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(__file__)
rng = random.Random(20261121)
out = None
Account.enable_unaudited_hdwallet_features()


def row(**members):
    print(json.dumps({**members, "source": members.pop("source", SOURCE)}, separators=(",", ":")), file=out)


def key(name):
    return hashlib.sha256(f"sandrun test key {name}".encode()).digest()


def hexed(data):
    return "0x" + bytes(data).hex()


def address(name):
    return to_checksum_address(key(name)[:20])


def rlps():
    items = [b"", b"\0", b"\x7f", b"\x80", b"dog", b"a" * 55, b"a" * 56, b"b" * 256, b"c" * 65536, [], [b"cat", b"dog"],
             [[], [[]], [[], [[]]]], [b"x" * 54], [b"x" * 55], [[b"y" * 30] * 3] * 40, [b"\x01", [b"", [b"\x80"]]]]
    name = lambda item: [name(one) for one in item] if isinstance(item, list) else hexed(item)
    for item in items:
        row(decoded=name(item), encoded=hexed(rlp.encode(item)), expect="accept")
    bad = ["", "00ff", "8100", "817f", "b800", "b837" + "61" * 55, "b90038" + "61" * 56, "f837" + "80" * 55, "83aabb",
           "c2ff", "c3018101", "bfffffffffffffffff", "ffffffffffffffffff", "c283aabbcc", "f90037" + "80" * 55, "c080"]
    for text in bad:
        row(encoded="0x" + text, expect="reject")


def transactions():
    accesses = [{"address": address("a"), "storageKeys": [hexed(key("k")), hexed(bytes(32))]}, {"address": address("b"), "storageKeys": []}]
    for kind, count in [(0, 8), (1, 6), (2, 8), (3, 4), (4, 6)]:
        for index in range(count):
            secret = key(f"tx {kind} {index}")
            big = index == count - 1
            fields = {"nonce": 2**64 - 2 if big else rng.choice([0, 1, 127, 128, rng.getrandbits(40)]),
                      "gas": 2**64 - 1 if big else rng.choice([21000, 21000 + rng.getrandbits(20)]),
                      "to": None if index == 1 and kind < 3 else address(f"to {index}"),
                      "value": 2**256 - 1 if big else rng.choice([0, 1, 10**18, rng.getrandbits(90)]),
                      "data": hexed(rng.randbytes(rng.choice([0, 1, 4, 68, 300])))}
            if kind != 0 or index > 1:
                fields["chainId"] = rng.choice([1, 31337, 2**63]) if not big else 2**200
            if kind < 2:
                fields["gasPrice"] = rng.getrandbits(36)
            else:
                fields["maxPriorityFeePerGas"] = rng.getrandbits(30)
                fields["maxFeePerGas"] = fields["maxPriorityFeePerGas"] + rng.getrandbits(36)
            if kind:
                fields["accessList"] = accesses[: index % 3]
            if kind == 3:
                fields["maxFeePerBlobGas"] = rng.getrandbits(34)
                fields["blobVersionedHashes"] = [hexed(b"\x01" + key(f"blob {i}")[1:]) for i in range(1 + index % 2)]
            if kind == 4:
                terms = [{"chainId": i, "address": address(f"code {i}"), "nonce": i * 200} for i in range(1 + index % 3)]
                fields["authorizationList"] = [Account.sign_authorization(t, key(f"auth {i}")) for i, t in enumerate(terms)]
            emit(kind, fields, secret)


def emit(kind, fields, secret):
    account = Account.from_key(secret)
    given = dict(fields)
    if kind:
        given["type"] = kind
    if given["to"] is None:
        given["to"] = b""
    signed = Account.sign_transaction(given, secret)
    raw = bytes(signed.raw_transaction)
    # The preimage, taken from the signed bytes, so that it is the network's own.
    parts = rlp.decode(raw if kind == 0 else raw[1:])[:-3]
    if kind == 0 and "chainId" in fields:
        parts += [rlp.sedes.big_endian_int.serialize(fields["chainId"]), b"", b""]
    unsigned = (bytes([kind]) if kind else b"") + rlp.encode(parts)
    quantity = lambda value: hex(value) if isinstance(value, int) else value
    tx = {"type": hex(kind), **{name: quantity(value) for name, value in fields.items()}}
    if "authorizationList" in tx:
        tx["authorizationList"] = [{"chainId": hex(a.chain_id), "address": to_checksum_address(a.address), "nonce": hex(a.nonce),
                                    "yParity": hex(a.y_parity), "r": hex(a.r), "s": hex(a.s)} for a in fields["authorizationList"]]
    row(tx=tx, private_key=hexed(secret), unsigned=hexed(unsigned), unsigned_hash=hexed(keccak(unsigned)), raw=hexed(raw),
        hash=hexed(keccak(raw)), r=hex(signed.r), s=hex(signed.s), v=hex(signed.v), **{"from": account.address})


def contracts():
    for nonce in [0, 1, 127, 128, 255, 256, 2**32, 2**64 - 2]:
        sender = address(f"creator {nonce}")
        made = keccak(rlp.encode([bytes.fromhex(sender[2:]), nonce]))[12:]
        row(kind="create", sender=sender, nonce=str(nonce), address=to_checksum_address(made), source="make-transactions.py, rlp")
    # The examples of EIP-1014's own text.
    for sender, salt, code, made in [
            ("00" * 20, "00" * 32, "00", "0x4D1A2e2bB4F88F0250f26Ffff098B0b30B26BF38"),
            ("deadbeef" + "00" * 16, "00" * 32, "00", "0xB928f69Bb1D91Cd65274e3c79d8986362984fDA3"),
            ("deadbeef" + "00" * 16, "00" * 12 + "feed" + "00" * 18, "00", "0xD04116cDd17beBE565EB2422F2497E06cC1C9833"),
            ("00" * 20, "00" * 32, "deadbeef", "0x70f2b2914A2a4b783FaEFb75f459A580616Fcb5e"),
            ("00" * 16 + "deadbeef", "00" * 28 + "cafebabe", "deadbeef", "0x60f3f640a8508fC6a86d45DF051962668E1e8AC7"),
            ("00" * 16 + "deadbeef", "00" * 28 + "cafebabe", "deadbeef" * 11, "0x1d8bfDC5D46DC4f61D6b6115972536eBE6A8854C"),
            ("00" * 20, "00" * 32, "", "0xE33C0C7F7df4809055C3ebA6c09CFe4BaF1BD9e0")]:
        row(kind="create2", sender="0x" + sender, salt="0x" + salt, init_code="0x" + code,
            init_code_hash=hexed(keccak(bytes.fromhex(code))), address=made, source="EIP-1014")


def typed():
    domain = {"name": "t", "version": "1", "chainId": 1, "verifyingContract": address("v"), "salt": hexed(key("salt"))}
    declared = {"name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address", "salt": "bytes32"}
    person = [{"name": "name", "type": "string"}, {"name": "wallets", "type": "address[]"}]
    tree = [{"name": "value", "type": "int64"}, {"name": "children", "type": "Tree[]"}]
    flat = ["bool", "bytes", "bytes1", "bytes32", "uint8", "int8", "uint256", "int256", "address", "string", "uint16[2][]", "bytes4[2]"]
    values = {"f0": True, "f1": "0xdeadbeef", "f2": "0xff", "f3": hexed(key("w")), "f4": 255, "f5": -128, "f6": str(2**256 - 1),
              "f7": str(-2**255), "f8": address("x"), "f9": "é\U0001f680", "f10": [[1, 2], [3, 65535]], "f11": ["0x01020304", "0x00000000"]}
    messages = [
        ({"Mail": [{"name": "from", "type": "Person"}, {"name": "to", "type": "Person[2]"}], "Person": person}, "Mail",
         {"from": {"name": "Cow", "wallets": [address(1), address(2)]}, "to": [{"name": "Bob", "wallets": []}, {"name": "", "wallets": [address(3)]}]}),
        ({"Tree": tree}, "Tree", {"value": -5, "children": [{"value": 1, "children": []}, {"value": "2", "children": [{"value": 3, "children": []}]}]}),
        ({"Flat": [{"name": f"f{i}", "type": t} for i, t in enumerate(flat)]}, "Flat", values),
        ({"Empty": []}, "Empty", {}),
    ]
    for index, (types, primary, message) in enumerate(messages):
        for count in (0, 2, 5):
            names = list(declared)[:count]
            data = {"types": {"EIP712Domain": [{"name": n, "type": declared[n]} for n in names], **types}, "primaryType": primary,
                    "domain": {n: domain[n] for n in names}, "message": message}
            secret = key(f"typed {index}")
            signable = encode_typed_data(full_message=data)
            signed = Account.sign_message(signable, secret)
            row(typed_data=data, expect="accept", domain_separator=hexed(signable.header), struct_hash=hexed(signable.body),
                digest=hexed(signed.message_hash), private_key=hexed(secret), signature=hexed(signed.signature), **{"from": Account.from_key(secret).address})
    bad = [("uint8", 256), ("uint8", -1), ("int8", 128), ("bytes4", "0x01"), ("bytes4", "0x0102030405"), ("bool", 1), ("string", 5), ("bytes", "0x123"),
           ("address", address("x")[:-1]), ("uint8[2]", [1]), ("uint8[]", 1), ("uint7", 1), ("Gone", {}), ("uint8[0", []), ("", 1), ("uint08", 1), ("string", None)]
    for kind, value in bad:
        row(typed_data={"types": {"EIP712Domain": [{"name": "name", "type": "string"}], "X": [{"name": "v", "type": kind}]}, "primaryType": "X",
                        "domain": {"name": "t"}, "message": {"v": value}}, expect="reject")


def wallets():
    languages = ["czech", "english", "french", "italian", "japanese", "korean", "spanish", "chinese_simplified", "chinese_traditional"]
    for language in languages:
        words = bip39.Mnemonic(Language(language))
        for size in (16, 24, 32):
            phrase = words.to_mnemonic(key(f"{language} {size}")[:size])
            passphrase = rng.choice(["", "Hello", "pässwörd \U0001f680", "ガバ\ufb01①"])
            seed = words.to_seed(phrase, passphrase)
            accounts = []
            for path in ["m/44'/60'/0'/0/0", "m/44'/60'/0'/0/7", "m/0/2147483647'/1"]:
                secret = HDPath(path).derive(seed)
                accounts.append({"path": path, "private_key": hexed(secret), "address": Account.from_key(secret).address})
            row(kind="derive", language=language, mnemonic=phrase, passphrase=passphrase, entropy=hexed(key(f"{language} {size}")[:size]),
                seed=hexed(seed), accounts=accounts)
    good = "test test test test test test test test test test test junk"
    for phrase in ["", good.replace("junk", "test"), good[5:], good + " test", good.replace("junk", "junkx"), good.replace(" ", ",")]:
        row(kind="invalid", mnemonic=phrase, expect="reject")
    for path in ["", "m/", "m/-1", "m/a", "n/0", "/0", "m//0", "m/0''", "m/2147483648", "m/00", "m/0 ", "m/1/2/"]:
        row(kind="path", mnemonic=good, path=path, expect="reject")


for name, write in [("rlp", rlps), ("transactions", transactions), ("create-address", contracts), ("typed-data", typed), ("hdwallet", wallets)]:
    with open(os.path.join(FOLDER, f"{name}.jsonl"), "w") as out:
        write()
