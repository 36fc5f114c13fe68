import Commands
import Files
import IPFS
import Records
import Synchronization
import SystemPackage

extension Adding {
  /// The content of standard input, as one file.
  func addInput(_ record: Record, _ count: ProgressCount) throws(Failure) -> Record {
    guard record.origin == .argument else {
      throw Failure(
        .data, "standard input holds the operands, and is no content", hint: "name the file: ./-")
    }
    guard !isInputTaken.exchange(true, ordering: .relaxed) else {
      throw Failure(.usage, "standard input is named twice")
    }
    var refused: Failure?
    var found: Imported
    do {
      found = try importing(count) { (importer) throws(ImportError) in
        try importer.add { (limit) throws(ImportError) in
          do throws(Failure) { return try world.input.read(limit: limit) } catch {
            refused = error
            throw .file(FileError("read", "standard input", .ioError))
          }
        }
      }
    } catch { throw refused ?? error }
    // Without a name Kubo, too, wraps it under its CID.
    if options.wrap {
      found = try wrapped(found, named: Array((options.stdinName ?? "\(found.cid)").utf8))
    }
    var record = record
    if let name = options.stdinName { record = record.setting("path", to: .string(name)) }
    keep(found.cid)
    return record.setting("cid", to: .string("\(found.cid)"))
      .setting("size", to: .integer(found.size))
  }
}
