internal import Hashing

/// A CID, and names that lead on from it: `bafy…/a/b`, with or without `/ipfs/` before it.
public struct ContentPath: Hashable, Sendable {
  /// Where it starts.
  public var root: CID
  /// The names to follow, bytes as they are.
  public var names: [[UInt8]]

  /// Makes a path from its parts.
  public init(_ root: CID, names: [[UInt8]] = []) {
    self.root = root
    self.names = names
  }

  /// Reads `<cid>/a/b`, `/ipfs/<cid>/a/b` or `ipfs://<cid>/a/b`; empty names, as a slash at the end makes, are passed over.
  ///
  /// Only in a URI does `%20` stand for another byte, and do `?` and `#` end the path.
  public init(parsing text: String) throws(CIDError) {
    var rest = text.utf8[...]
    let scheme = "ipfs://"
    let isURI = text.prefix(scheme.count).lowercased() == scheme
    if isURI {
      rest = rest.dropFirst(scheme.count)
      rest = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    } else if text.hasPrefix("/ipfs/") {
      rest = rest.dropFirst("/ipfs/".utf8.count)
    }
    guard rest.first != UInt8(ascii: "/") else { throw .badText(.empty) }
    let parts = rest.split(separator: UInt8(ascii: "/"))
    guard let first = parts.first else { throw .badText(.empty) }
    self.init(
      try CID(parsing: String(decoding: first, as: UTF8.self)),
      names: parts.dropFirst().map { isURI ? Self.unescaped(Array($0)) : Array($0) })
  }

  /// A name with each `%` and two hexadecimal digits replaced by the byte that they stand for.
  private static func unescaped(_ name: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < name.count {
      if name[index] == UInt8(ascii: "%"), index + 2 < name.count,
        let byte = try? Hex.decode(
          digits: String(decoding: name[index + 1...index + 2], as: UTF8.self)
        ).first
      {
        bytes.append(byte)
        index += 3
      } else {
        bytes.append(name[index])
        index += 1
      }
    }
    return bytes
  }
}
