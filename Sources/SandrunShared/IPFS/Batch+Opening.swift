internal import Files
internal import SystemPackage

extension Batch {
  /// Locks a pack that is neither full nor in use, or makes a new one.
  func open(_ writer: inout Writer) throws(RepositoryError) {
    writer.begun = 0
    try repository.create()
    let numbers = try repository.packNumbers()
    for number in numbers.reversed() {
      guard let size = try repository.packSize(number), size < repository.settings.fullLength
      else { continue }
      let path = repository.packsPath.appending(Pack.name(number))
      do throws(FileError) {
        guard let file = try OpenFile.ifThere(path, .readWrite) else { continue }
        // It may have been removed by a sweep before it was locked.
        guard try file.lock(waiting: false), try file.isAt(path) else { continue }
        writer.pack = Pack(number: number, file: file)
      } catch {
        throw .file(error)
      }
      if try resume(&writer) { return }
      writer.pack = nil
    }
    try make(after: numbers.last ?? 0, &writer)
  }

  /// Goes on where the pack ends, after whole records that a writer left when it crashed were indexed and torn ones cut off.
  private func resume(_ writer: inout Writer) throws(RepositoryError) -> Bool {
    guard let pack = writer.pack else { return false }
    let size = try Repository.attempt { () throws(FileError) in try pack.file.size() }
    guard size >= Pack.magic.count else {
      // Its writer died before the first record.
      try Repository.attempt { () throws(FileError) in
        try pack.file.truncate(to: 0)
        try pack.file.writeMagic()
      }
      (writer.start, writer.end, writer.isNew) = (Pack.magic.count, Pack.magic.count, true)
      return true
    }
    guard let end = try repository.takeOver(pack) else { return false }
    // Its name may never have been synced: who made it may have died before.
    (writer.start, writer.end, writer.isNew) = (end, end, true)
    return true
  }

  private func make(after last: UInt32, _ writer: inout Writer) throws(RepositoryError) {
    var number = last
    while number < .max {
      number += 1
      let path = repository.packsPath.appending(Pack.name(number))
      do throws(FileError) {
        let file = try OpenFile(
          path, .readWrite, options: [.create, .exclusiveCreate],
          permissions: [.ownerReadWrite, .groupRead, .otherRead])
        // Another writer may see the new file first and lock it: then it is theirs.
        guard try file.lock(waiting: false) else { continue }
        guard try file.size() == 0 else { continue }
        try file.writeMagic()
        writer.pack = Pack(number: number, file: file)
        (writer.start, writer.end, writer.isNew) = (Pack.magic.count, Pack.magic.count, true)
        return
      } catch {
        guard error.errno == .fileExists else { throw .file(error) }
      }
    }
    throw .file(FileError("create", repository.packsPath, .noSpace))
  }
}
