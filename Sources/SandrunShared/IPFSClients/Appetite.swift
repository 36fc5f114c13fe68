internal import IPFS

/// How much of what a path leads to somebody is going to read; so much is fetched before he asks for it.
public enum Appetite: Hashable, Sendable {
  /// Its own block, and what he asks for: `stat`.
  case block
  /// What it takes to list a directory, and what he asks for: `ls`.
  case listing
  /// These bytes of a file; a range that ends at `UInt64.max` goes to its end: `cat`.
  case file(Range<UInt64>?)
  /// All below it: `get`, `export`.
  case all

  /// The archive that holds so much.
  func request(_ path: ContentPath) -> ArchiveRequest {
    switch self {
    case .block: ArchiveRequest(path, .block)
    case .listing: ArchiveRequest(path, .entity)
    case .file(let bytes): ArchiveRequest(path, .entity, bytes: bytes)
    case .all: ArchiveRequest(path, .all)
    }
  }

  /// The archive of a block that lies below what was asked for; nil where such a block is asked for by itself.
  func request(below cid: CID) -> ArchiveRequest? {
    switch self {
    case .block, .listing, .file(.some): nil
    case .file(nil): ArchiveRequest(ContentPath(cid), .entity)
    case .all: ArchiveRequest(ContentPath(cid), .all)
    }
  }

  /// Whether the blocks behind the one that is asked for will be asked for next.
  var readsOn: Bool {
    switch self {
    case .file(nil), .all: true
    case .block, .listing, .file(.some): false
    }
  }
}
