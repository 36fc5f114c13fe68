"""The funded accounts: keys from a BIP-39 mnemonic along BIP-32 path m/44'/60'/0'/0/i."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from coincurve import PrivateKey
from eth_hash.auto import keccak

PUBLIC_MNEMONIC = "test test test test test test test test test test test junk"
"""The mnemonic that every development chain uses. Everybody knows its keys."""

_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
_HARDENED = 2**31


class Account:
    """A key that the node signs with, and its address."""

    def __init__(self, secret: bytes) -> None:
        self._key = PrivateKey(secret)
        self.address = keccak(self._key.public_key.format(compressed=False)[1:])[12:]

    def sign(self, digest: bytes) -> tuple[int, int, int]:
        """The signature of a 32-byte digest: parity, r, s (RFC 6979, low s)."""
        signature = self._key.sign_recoverable(digest, hasher=None)
        return (
            signature[64],
            int.from_bytes(signature[:32], "big"),
            int.from_bytes(signature[32:64], "big"),
        )


def _child(key: bytes, chain_code: bytes, index: int) -> tuple[bytes, bytes]:
    if index >= _HARDENED:
        material = b"\x00" + key
    else:
        material = PrivateKey(key).public_key.format(compressed=True)
    digest = hmac.digest(chain_code, material + index.to_bytes(4, "big"), "sha512")
    number = (int.from_bytes(digest[:32], "big") + int.from_bytes(key, "big")) % _ORDER
    return number.to_bytes(32, "big"), digest[32:]


def derive(mnemonic: str, count: int) -> list[Account]:
    """The first `count` accounts of a mnemonic. Its words are not checked against a word list."""
    words = unicodedata.normalize("NFKD", " ".join(mnemonic.split()))
    seed = hashlib.pbkdf2_hmac("sha512", words.encode(), b"mnemonic", 2048)
    digest = hmac.digest(b"Bitcoin seed", seed, "sha512")
    key, chain_code = digest[:32], digest[32:]
    for index in (44 + _HARDENED, 60 + _HARDENED, _HARDENED, 0):
        key, chain_code = _child(key, chain_code, index)
    return [Account(_child(key, chain_code, index)[0]) for index in range(count)]


def checksummed(address: bytes) -> str:
    """An address in the mixed case of EIP-55."""
    digits = address.hex()
    marks = keccak(digits.encode()).hex()
    return "0x" + "".join(d.upper() if int(m, 16) >= 8 else d for d, m in zip(digits, marks))
