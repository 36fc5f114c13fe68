/// Where to cut bytes that come in pieces and are, mostly, UTF-8.
public enum UTF8Text {
  /// The length without the beginning of a character whose rest is still missing at the end.
  public static func wholeLength(of bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      // A byte that continues a character: its first byte lies further back.
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }
}
