import Commands
import Files
import IPFS
import Marketplace
import Records
import Synchronization
import SystemPackage

/// One run of `add`: which of the things that a record names get a CID, and into which batch they go.
final class Adding: Sendable {
  let options: AddOptions
  private let importOptions: ImportOptions
  let world: World
  private let opened = Mutex<Batch?>(nil)
  /// What is pinned by the next commit.
  private let roots = PinQueue()
  let isInputTaken = Atomic(false)

  init(_ importOptions: ImportOptions, _ options: AddOptions, in world: World) {
    self.importOptions = importOptions
    self.options = options
    self.world = world
  }

  /// Puts on disk what was added since the last commit.
  func commit() throws(Failure) {
    guard let batch = opened.withLock({ $0 }) else { return }
    do throws(PinError) { try roots.commit(into: batch) } catch { throw Failure(error) }
  }

  /// Has a root stay when the repository is swept, with all below it.
  func keep(_ cid: CID) {
    guard options.pin ?? true, !options.onlyHash else { return }
    roots.append(Pin(cid))
  }

  /// The record with a CID for each thing that it names and has none for.
  func add(_ input: Record, counting count: ProgressCount) throws(Failure) -> Record {
    var record = input
    if input.has("path"), !input.has("cid") { record = try addPath(record, count) }
    if input.has("job"), !input.has("code") {
      record = try record.addingCode(world.folders, importOptions, into: sink)
      let code = try record.object("code")
      for name in ["cid", "spec"] {
        if let cid = code?[name]?.string.flatMap({ try? CID(parsing: $0) }) { keep(cid) }
      }
    }
    if input.has("result") { record = try addOutputs(record) }
    if input.has("proofs") { record = try addProofs(record) }
    return record
  }

  private func addPath(_ record: Record, _ count: ProgressCount) throws(Failure) -> Record {
    let operand = try record.path()
    if operand == AddOptions.stdin, record.origin != .record {
      return try addInput(record, count)
    }
    let path = FilePath(operand)
    var found = try imported(path, count)
    if options.wrap { found = try wrapped(found, named: name(of: path)) }
    keep(found.cid)
    return record.setting("cid", to: .string("\(found.cid)"))
      .setting("size", to: .integer(found.size))
  }

  func wrapped(_ content: Imported, named name: [UInt8]) throws(Failure) -> Imported {
    try importing { (importer) throws(ImportError) in
      try importer.add(directory: [(name, content)])
    }
  }

  /// The last name of a path; where that is `.` or `..`, the name of the directory that it leads to.
  private func name(of path: FilePath) throws(Failure) -> [UInt8] {
    if let last = path.lastComponent, last.kind == .regular { return last.bytes }
    guard let last = (try? Files.resolve(path))?.lastComponent else {
      throw Failure(.data, "\(path) has no name to be wrapped under")
    }
    return last.bytes
  }

  private func imported(
    _ path: FilePath, _ count: ProgressCount
  ) throws(Failure) -> Imported {
    let follows = options.dereferenceArgs || options.selection.dereferenceSymlinks
    if !options.recursive, try isDirectory(path, followingLinks: follows) {
      throw Failure(.data, "\(path) is a directory", hint: "add it with all below it: -r")
    }
    count.expect { (try? path.stat()).flatMap { $0.type == .regular ? Int($0.size) : nil } }
    return try importing(count) { (importer) throws(ImportError) in
      try importer.add(path, followingLink: follows)
    }
  }

  private func isDirectory(_ path: FilePath, followingLinks: Bool) throws(Failure) -> Bool {
    guard followingLinks else { return try status(path)?.type == .directory }
    return (try? path.stat())?.type == .directory
  }

  // MARK: The repository

  func status(_ path: FilePath) throws(Failure) -> Stat? {
    do { return try Files.status(path) } catch { throw Failure(ImportError.file(error)) }
  }

  func importing<T>(
    _ count: ProgressCount? = nil, _ body: (Importer) throws(ImportError) -> T
  ) throws(Failure) -> T {
    var counting: (@Sendable (Int, Int) -> Void)?
    if let count { counting = { bytes, files in count.count(bytes: bytes, items: files) } }
    let importer = Importer(
      importOptions, into: try sink(), counting: counting,
      isCancelled: { [world] in world.interruption.isRequested })
    do { return try body(importer) } catch { throw Failure(error) }
  }

  private func sink() throws(Failure) -> any BlockSink {
    options.onlyHash ? DiscardingSink() : try batch()
  }

  private func batch() throws(Failure) -> Batch {
    try opened.withLock { opened throws(Failure) in
      if let batch = opened { return batch }
      let batch = try Content.repository(in: world).batch()
      opened = batch
      return batch
    }
  }
}
