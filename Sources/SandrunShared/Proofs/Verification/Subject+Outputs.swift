internal import Hashing
internal import IPFS
internal import Records

extension Subject {
  /// The outputs are the ones that were signed; where this machine holds them, each file is read and hashed again.
  func outputs() throws(Finding) -> String? {
    guard let result = record.result else { throw .missing("the record has no result") }
    guard let signed = statement.outputs else {
      guard record.outputs == nil else { throw .failed("the proof names no outputs") }
      return nil
    }
    guard let outputs = record.outputs else {
      throw .missing("the record's result has no outputs")
    }
    guard outputs.v1 == signed.v1 else {
      throw .failed("the record has outputs \(outputs), signed is \(signed)")
    }
    guard let repository = verification.repository,
      (try? repository.contains(signed)) ?? false
    else { return "the outputs are not held here: only their CID was compared" }
    do throws(ReadError) {
      var walk = OutputWalk(ContentReader(repository), result)
      try walk.rehash(signed, path: "", depth: 0)
      try walk.finish()
    } catch {
      switch error {
      case .repository(.notFound(let cid)):
        throw .missing("the outputs' block \(cid) is not held here")
      case .noEntry(_, let path):
        throw .failed(
          "the record's result and the outputs held here differ on \(JSON.string(path))")
      default: throw .failed("the outputs held here: \(error)")
      }
    }
    return nil
  }
}

/// Reads all outputs that this machine holds against what a result lists; a DAG that repeats itself ends at a bound.
private struct OutputWalk {
  private struct Listed {
    var cid: CID
    var size: Int
    var sha256: Digest32
  }

  private let reader: ContentReader
  private var listed: [String: Listed] = [:]
  private var entries = 0
  private static let longest = 1 << 20

  init(_ reader: ContentReader, _ result: JSONObject) {
    self.reader = reader
    for file in result["outputs"]?["files"]?.elements ?? [] {
      guard let path = file["path"]?.string, let size = file["size"]?.integer,
        let cid = file["cid"]?.string.flatMap({ try? CID(parsing: $0) }),
        let sha256 = file["sha256"]?.string.flatMap(Subject.digest)
      else { continue }
      // What is listed twice is left over at the end, and fails there.
      let key = listed[path] == nil ? path : path + "\u{0}"
      listed[key] = Listed(cid: cid, size: size, sha256: sha256)
    }
  }

  mutating func rehash(_ cid: CID, path: String, depth: Int) throws(ReadError) {
    entries += 1
    guard entries <= Self.longest else { throw .overLimit(.entries(Self.longest)) }
    guard depth <= ContentReader.maximumDepth else {
      throw .overLimit(.depth(ContentReader.maximumDepth))
    }
    if case .directory(var entries) = try reader.node(cid) {
      while let entry = try entries.next() {
        entries.park()
        let name = String(decoding: entry.name, as: UTF8.self)
        try rehash(entry.cid, path: path.isEmpty ? name : "\(path)/\(name)", depth: depth + 1)
      }
      return
    }
    guard let told = listed.removeValue(forKey: path), told.cid.v1 == cid.v1, told.size >= 0 else {
      throw .noEntry(cid, path)
    }
    var sha256 = SHA256()
    let size = try reader.read(cid, limit: UInt64(told.size)) { (piece) throws(ReadError) in
      sha256.update(piece)
    }
    guard size == UInt64(told.size), sha256.finish() == told.sha256 else {
      throw .noEntry(cid, path)
    }
  }

  /// Sees that no file is listed that the outputs lack.
  func finish() throws(ReadError) {
    guard let (path, file) = listed.min(by: { $0.key < $1.key }) else { return }
    throw .noEntry(file.cid, path)
  }
}
