package import SystemPackage

extension FilePath.Component {
  /// The name's bytes, UTF-8 or not.
  package var bytes: [UInt8] {
    unsafe withPlatformString { text in
      var bytes: [UInt8] = []
      var index = 0
      while unsafe text[index] != 0 {
        unsafe bytes.append(UInt8(bitPattern: text[index]))
        index += 1
      }
      return bytes
    }
  }

  /// A name of these bytes, as they are; nil where they can be none.
  package init?(bytes: some Sequence<UInt8>) {
    let text = bytes.map { CInterop.PlatformChar(bitPattern: $0) }
    guard !text.contains(0), !text.contains(0x2F) else { return nil }
    self.init(platformString: text + [0])
  }
}

extension Files {
  /// A hidden name made of another one, short enough that 47 bytes may follow where a name has 255; no character of it is cut.
  package static func hiddenStem(of name: [UInt8]) -> [UInt8] {
    var kept = name.prefix(200)
    // Some file systems refuse half a character. One of UTF-8 has three bytes at most behind its first; other bytes are cut anywhere.
    for _ in 0..<3 where kept.count < name.count {
      guard name[kept.count] & 0xC0 == 0x80 else { break }
      kept.removeLast()
    }
    return [UInt8(ascii: ".")] + kept
  }

  /// A hidden path beside another one that nobody else has.
  package static func hiddenPath(beside path: FilePath) -> FilePath {
    let stem = hiddenStem(of: path.lastComponent?.bytes ?? Array("file".utf8))
    let name = FilePath.Component(bytes: stem + Array(".\(randomName())".utf8))
    return name.map(parent(of: path).appending(_:)) ?? path
  }
}
