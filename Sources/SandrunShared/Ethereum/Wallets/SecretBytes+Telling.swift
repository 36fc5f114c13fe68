internal import Glibc
internal import Hashing

extension SecretBytes {
  /// Lends the bytes as an array, which is wiped afterwards: for what has to be written to a file.
  public borrowing func withArray<R, E>(
    _ body: ([UInt8]) throws(E) -> R
  ) throws(E) -> R {
    var copy = withSpan { span in span.indices.map { span[$0] } }
    defer {
      unsafe copy.withUnsafeMutableBytes { bytes in
        if let base = bytes.baseAddress { unsafe explicit_bzero(base, bytes.count) }
      }
    }
    return try body(copy)
  }
}

extension PrivateKey {
  /// The key as `0x` and 64 digits and a newline, for a file that its owner named for it.
  public borrowing func hexLine() -> SecretBytes {
    let digits = Array("0123456789abcdef".utf8)
    return secret.withSpan { secret in
      unsafe SecretBytes(count: 67) { base in
        unsafe base[0] = UInt8(ascii: "0")
        unsafe base[1] = UInt8(ascii: "x")
        for index in secret.indices {
          unsafe base[2 + 2 * index] = digits[Int(secret[index] >> 4)]
          unsafe base[3 + 2 * index] = digits[Int(secret[index] & 0xf)]
        }
        unsafe base[66] = UInt8(ascii: "\n")
      }
    }
  }
}

extension Mnemonic {
  /// The words and a newline, for a file or a terminal.
  public borrowing func line() -> SecretBytes {
    withSentence { sentence in
      unsafe SecretBytes(count: sentence.count + 1) { base in
        for index in sentence.indices { unsafe base[index] = sentence[index] }
        unsafe base[sentence.count] = UInt8(ascii: "\n")
      }
    }
  }

  /// Shows the words at the terminal, and waits until somebody says that they are written down.
  ///
  /// `stop`, where it is a descriptor, ends the wait once it is readable: then nobody has them.
  public borrowing func show(stop: Int32 = -1) throws(PassphraseError) {
    let terminal = try Terminal()
    try terminal.show("These words are the key; they are shown this once. Write them down:\n\n")
    try terminal.show(line())
    _ = try terminal.ask("\nPress Enter once they are on paper. ", stop: stop)
  }
}
