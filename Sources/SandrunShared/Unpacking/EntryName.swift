/// The names of an archive's entries, which may hold anything.
enum EntryName {
  /// The names that a path goes through, each fit to be one here; none for the folder that the archive is of.
  static func parts(of bytes: [UInt8]) throws(UnpackError) -> [String] {
    let shown = String(decoding: bytes, as: UTF8.self)
    guard !bytes.isEmpty else { throw .badName(shown, .empty) }
    guard bytes.count <= UnpackLimits.nameLength else { throw .badName(shown, .tooLong) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .badName(shown, .notUTF8)
    }
    guard bytes.first != UInt8(ascii: "/") else { throw .badName(shown, .absolute) }
    var parts: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual(".".utf8) { continue }
      guard !part.elementsEqual("..".utf8) else { throw .badName(shown, .climbs) }
      guard part.count <= UnpackLimits.componentLength else { throw .badName(shown, .tooLong) }
      parts.append(String(Substring(part)))
    }
    return parts
  }
}
