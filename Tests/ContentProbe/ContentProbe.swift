import Files
import IPFS
import NodeContent
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Works on a node's content until it is killed, or done: `churn FOLDER ROOTS` and `write GENERATION COUNT`.
@main struct ContentProbe {
  static func main() throws {
    let words = CommandLine.arguments
    switch (words.dropFirst().first, words.count) {
    case ("churn", 4): try churn(FilePath(words[2]), roots: FilePath(words[3]))
    case ("write", 4): try write(FilePath(words[2]), count: Int(words[3]) ?? 0)
    default: exit(64)
    }
  }

  /// Adds DAGs, notes each root in a file once it is on disk, and sweeps all but the last five that are noted.
  static func churn(_ folder: FilePath, roots path: FilePath) throws {
    let content = try NodeContent(at: folder)
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.append, .create], permissions: .ownerReadWrite)
    // What those before this one noted counts as well.
    let before = (try? Files.read(path)) ?? []
    var noted = try String(decoding: before, as: UTF8.self).split(separator: "\n").map {
      try CID(parsing: String($0))
    }
    while true {
      let lease = content.lease()
      let root = try add(to: lease.repository)
      guard try lease.hold([root]) == nil else { exit(70) }
      // One write: a line is there or it is not.
      _ = try file.writeAll(Array("\(root)\n".utf8))
      noted.append(root)
      lease.release()
      if noted.count % 3 == 0 {
        let sweep = try content.sweep { noted.suffix(5) }
        guard sweep?.lost == [] else { exit(71) }
      }
    }
  }

  /// Adds DAGs to one generation, as a job does, and prints each root once it is on disk.
  static func write(_ generation: FilePath, count: Int) throws {
    let repository = try Repository(at: generation)
    for _ in 0..<count {
      let root = try add(to: repository)
      _ = try FileDescriptor.standardOutput.writeAll(Array("\(root)\n".utf8))
    }
  }

  /// A folder of files that nothing else has.
  static func add(to repository: Repository) throws -> CID {
    let batch = repository.batch()
    let importer = Importer(into: batch)
    var entries: [(name: [UInt8], content: Imported)] = []
    for number in 10..<30 {
      let bytes = (0..<Int.random(in: 1...3000)).map { _ in UInt8.random(in: .min ... .max) }
      entries.append((Array("\(number)".utf8), try importer.add(bytes: bytes)))
    }
    let root = try importer.add(directory: entries).cid
    try batch.commit()
    return root
  }
}
