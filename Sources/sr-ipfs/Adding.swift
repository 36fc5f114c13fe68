import Commands
import Files
import IPFS
import Marketplace
import Records
import Synchronization
import SystemPackage

/// One run of `add`: which of the things that a record names get a CID, and into which batch they go.
final class Adding: Sendable {
  private let options: AddOptions
  private let importOptions: ImportOptions
  let world: World
  private let opened = Mutex<Batch?>(nil)

  init(_ importOptions: ImportOptions, _ options: AddOptions, in world: World) {
    self.importOptions = importOptions
    self.options = options
    self.world = world
  }

  /// Puts on disk what was added since the last commit.
  func commit() throws(Failure) {
    guard let batch = opened.withLock({ $0 }) else { return }
    do { try batch.commit() } catch { throw Failure(error) }
  }

  /// The record with a CID for each thing that it names and has none for.
  func add(_ input: Record) throws(Failure) -> Record {
    var record = input
    if input.has("path"), !input.has("cid") { record = try addPath(record) }
    if input.has("job"), !input.has("code") {
      record = try record.addingCode(world.folders, importOptions, into: sink)
    }
    if input.has("result") { record = try addOutputs(record) }
    if input.has("proofs") { record = try addProofs(record) }
    return record
  }

  private func addPath(_ record: Record) throws(Failure) -> Record {
    let path = FilePath(try record.operand("path"))
    let found: Imported
    if options.wrap {
      let content = try imported(path)
      let name = try self.name(of: path)
      found = try importing { (importer) throws(ImportError) in
        try importer.add(directory: [(Array(name.utf8), content)], named: path)
      }
    } else {
      found = try imported(path)
    }
    return record.setting("cid", to: .string("\(found.cid)"))
      .setting("size", to: .integer(found.size))
  }

  /// The last name of a path; where that is `.` or `..`, the name of the directory that it leads to.
  private func name(of path: FilePath) throws(Failure) -> String {
    if let last = path.lastComponent, last.kind == .regular { return last.string }
    guard let last = (try? Files.resolve(path))?.lastComponent else {
      throw Failure(.data, "\(path) has no name to be wrapped under")
    }
    return last.string
  }

  private func imported(_ path: FilePath) throws(Failure) -> Imported {
    if !options.recursive, try status(path)?.type == .directory {
      throw Failure(.data, "\(path) is a directory", hint: "add it with all below it: -r")
    }
    return try importing { (importer) throws(ImportError) in try importer.add(path) }
  }

  // MARK: The repository

  func status(_ path: FilePath) throws(Failure) -> Stat? {
    do { return try Files.status(path) } catch { throw Failure(ImportError.file(error)) }
  }

  func importing<T>(_ body: (Importer) throws(ImportError) -> T) throws(Failure) -> T {
    let importer = Importer(importOptions, into: try sink())
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
