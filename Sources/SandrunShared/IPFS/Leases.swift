internal import Files
internal import Hashing
internal import SystemPackage

/// What the writers that live count on, as a sweep reads it bit by bit.
struct Leases {
  /// What was new since the last reading.
  struct News {
    var keys: [Digest32] = []
    var roots: [CID] = []
  }

  /// Packs that a writer filled.
  private(set) var packs: Set<UInt32> = []
  private var read: [FilePath.Component: Int] = [:]

  /// Reads what the writers that live have written since; removes what dead ones left, where it may.
  mutating func update(from repository: Repository) throws(FileError) -> News {
    var news = News()
    let folder = Lease.folder(of: repository)
    guard try Files.status(folder) != nil else { return news }
    for name in try Files.list(folder) where name.extension == "lease" {
      let path = folder.appending(name)
      guard let file = try OpenFile.ifThere(path, .readOnly) else { continue }
      if try file.lock(waiting: false) {
        // Its owner is gone, or had not yet locked it, and then he makes another.
        if !repository.isReadOnly { try Files.removeTree(path) }
        continue
      }
      let start = read[name] ?? 0
      let bytes = try file.read(at: start, count: max(0, try file.size() - start))
      read[name] = start + take(bytes, &news)
    }
    return news
  }

  /// Takes whole entries, and gives their length.
  private mutating func take(_ bytes: [UInt8], _ news: inout News) -> Int {
    var offset = 0
    while offset + 2 <= bytes.count {
      let end = offset + 2 + Int(bytes[offset + 1])
      guard end <= bytes.count else { break }
      let payload = Array(bytes[(offset + 2)..<end])
      switch Unicode.Scalar(bytes[offset]) {
      case "k": if let key = try? Digest32(payload) { news.keys.append(key) }
      case "r": if let cid = try? CID(bytes: payload) { news.roots.append(cid) }
      case "p" where payload.count == 4: packs.insert(LittleEndian.uint32(payload, at: 0))
      default: break
      }
      offset = end
    }
    return offset
  }
}
