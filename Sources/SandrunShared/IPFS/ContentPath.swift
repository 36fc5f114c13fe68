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

  /// Reads a path; empty names, as a slash at the end makes, are passed over.
  public init(parsing text: String) throws(CIDError) {
    var parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    if text.hasPrefix("/ipfs/") { parts.removeFirst() }
    guard let first = parts.first, text.hasPrefix("/ipfs/") || !text.hasPrefix("/") else {
      throw .badText(.empty)
    }
    self.init(
      try CID(parsing: String(decoding: first, as: UTF8.self)),
      names: parts.dropFirst().map(Array.init))
  }
}
