#!/usr/bin/env python3
"""Writes the word lists of BIP-39 (pip install mnemonic) and the decompositions of Unicode as Swift source."""
import os
import sys
import textwrap
import unicodedata
from mnemonic import Mnemonic

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.join(TOP, "Sources/SandrunShared/Ethereum/Wallets")
LANGUAGES = ["english", "czech", "french", "italian", "japanese", "korean", "portuguese", "spanish",
             "chinese_simplified", "chinese_traditional"]
# Read only where they are refused: rare, and long to tell.
REFUSED = [(0x2E80, 0x2FDF), (0x3200, 0x33FF), (0xF900, 0xFAFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF), (0x10000, 0x10FFFF)]


def write(name, text):
    with open(os.path.join(FOLDER, name), "w") as out:
        out.write(text)


def literal(words):
    return "\n".join("    " + line for line in textwrap.wrap(" ".join(words), 94, break_on_hyphens=False))


for language in LANGUAGES:
    words = [unicodedata.normalize("NFC", word) for word in Mnemonic(language).wordlist]
    assert len(words) == 2048
    title = language.replace("_", " ").title().replace(" ", "")
    title = {"ChineseSimplified": "SimplifiedChinese", "ChineseTraditional": "TraditionalChinese"}.get(title, title)
    name = title[0].lower() + title[1:]
    write(f"WordLists/{title}.swift", f'''extension WordList {{
  /// The words of BIP-39, in their order; written by Tests/Vectors/make-bip39.py.
  static let {name} = WordList(
    """
{literal(words)}
    """)
}}
''')

told, refused = [], []
for code in range(0x110000):
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code <= 0xD7A3:
        continue
    parts = unicodedata.normalize("NFKD", chr(code))
    if parts == chr(code):
        continue
    if not any(first <= code <= last for first, last in REFUSED):
        told.append("%X=%s" % (code, "+".join("%X" % ord(part) for part in parts)))
    elif refused and refused[-1][1] == code - 1:
        refused[-1][1] = code
    else:
        refused.append([code, code])
ranges = textwrap.wrap(" ".join("%X-%X" % tuple(one) for one in refused), 94, break_on_hyphens=False)
version = ", ".join(unicodedata.unidata_version.split(".")[:2])
write("Decompositions.swift", f'''extension CompatibilityForm {{
  /// The version of Unicode that the tables are of; written by Tests/Vectors/make-bip39.py.
  static let version = ({version})

  /// What each scalar falls apart into (NFKD), Hangul's syllables left out, which can be computed.
  static let decompositions = """
{literal(told)}
    """

  /// Scalars that fall apart, too, but that nobody types.
  static let untold = """
{chr(10).join("    " + line for line in ranges)}
    """
}}
''')
