import Files
import Hashing
import Synchronization
import SystemPackage
import Testing

@testable import IPFS

/// What the system refuses in the midst of a commit, a merge or a sweep.
@Suite struct RepositoryFaultTests {
  private let place: TestRepository

  init() throws { place = try TestRepository() }

  private func put(_ names: [String], into batch: Batch) throws {
    for name in names {
      try TestRepository.put(
        TestRepository.bytes(name), as: TestRepository.raw(name), into: batch)
    }
  }

  private func segments() throws -> [FilePath.Component] {
    try Files.list(place.path.appending("index")).filter { $0.extension == "seg" }
  }

  /// The segment has its name by then, and others may go by it: no block may be cut off that it leads to.
  @Test func aFolderThatCannotBeSyncedCutsOffNothing() throws {
    try place.put(["before"])
    let isFailing = Mutex(false)
    var settings = Repository.Settings()
    settings.syncFolder = { (path) throws(FileError) in
      if isFailing.withLock({ $0 }) { throw FileError("sync", path, .ioError) }
      try Files.syncDirectory(path)
    }
    let repository = try Repository(at: place.path, settings)
    let batch = repository.batch()
    try put(["one", "two"], into: batch)
    isFailing.withLock { $0 = true }
    #expect(throws: RepositoryError.self) { try batch.commit() }
    let other = try place.opened()
    #expect(try other.contains(TestRepository.raw("one")), "it was renamed")
    batch.close()
    for name in ["before", "one", "two"] {
      #expect(throws: Never.self) { try other.block(TestRepository.raw(name)) }
    }
    // The next writer goes on behind them.
    isFailing.withLock { $0 = false }
    try put(["three"], into: batch)
    try batch.commit()
    for name in ["before", "one", "two", "three"] {
      #expect(throws: Never.self) { try place.opened().block(TestRepository.raw(name)) }
    }
    #expect(try place.opened().verify { _ in }.damaged == 0)
  }

  /// What is committed is committed: that the index cannot be tidied is nobody's failure.
  @Test func aMergeWithoutRoomFailsNoCommit() throws {
    let merges = Mutex(0)
    var settings = Repository.Settings()
    settings.beforeMerge = { () throws(FileError) in
      merges.withLock { $0 += 1 }
      throw FileError("write", "index", .noSpace)
    }
    let repository = try Repository(at: place.path, settings)
    for number in 0..<20 {
      let batch = repository.batch()
      try put(["block \(number)"], into: batch)
      try batch.commit()
      batch.close()
    }
    #expect(merges.withLock { $0 } > 0)
    #expect(try segments().count == 20)
    #expect(try Files.list(place.path.appending("index")).allSatisfy { $0.extension != "new" })
    // Nor a sweep, which makes room all the same.
    #expect(try repository.sweep { _ in }.removed == 20)
    #expect(try Files.status(place.pack(1)) == nil)
    #expect(try !repository.contains(TestRepository.raw("block 3")))
    // With room, what is left of it goes.
    try place.put(["later"])
    #expect(try place.sweep().removed == 1)
    #expect(try segments().count == 1)
  }

  /// A pack that nobody writes to any more, with half a record at its end.
  @Test func aFullPackWithATornEndIsSwept() throws {
    var settings = Repository.Settings()
    settings.fullLength = 4096
    let repository = try Repository(at: place.path, settings)
    let batch = repository.batch()
    try put((0..<10).map { "garbage \($0)" }, into: batch)
    try batch.commit()
    batch.close()
    var torn: [UInt8] = []
    Pack.appendHeader(SHA256.hash([1]), length: 1000, to: &torn)
    let pack = try OpenFile(place.pack(1), .readWrite)
    let size = try pack.size()
    #expect(size > 4096)
    try unsafe pack.write((torn + [1, 2, 3]).span.bytes, at: size)
    let swept = try Repository(at: place.path, settings).sweep { _ in }
    #expect(swept.removed == 10 && swept.packs == 1)
    #expect(try Files.status(place.pack(1)) == nil)
  }

  /// A part ends within the put of a block: the block is still known to be in the batch.
  @Test func aBlockIsKeptOnceWhereAPartEnds() throws {
    let batch = try place.opened().batch()
    let count = Batch.partCount
    for number in 0..<count {
      try TestRepository.put(
        [UInt8](String(number).utf8), as: CID(hashing: Array(String(number).utf8), codec: .raw),
        into: batch)
    }
    for _ in 0..<2 { try put(["last"], into: batch) }
    try batch.commit()
    #expect(try place.opened().statistics().blocks == count + 1)
    let length = try OpenFile.size(of: place.pack(1))
    let digits = (0..<count).reduce(0) { $0 + String($1).utf8.count }
    #expect(
      length == Pack.magic.count + (count + 1) * Pack.headerLength + digits
        + TestRepository.bytes("last").count)
  }

  /// A node comes behind the last look of a sweep and before the pack with what is below it goes; meanwhile somebody pins.
  @Test func aPinSeesWhatASweepTookBehindItsBack() throws {
    let leaf = TestRepository.raw("leaf")
    let inner = TestRepository.node(over: [leaf])
    let root = TestRepository.node(over: [inner.cid])
    let pinner = try place.opened()
    let batch = pinner.batch()
    try TestRepository.put(root.bytes, as: root.cid, into: batch)
    try batch.commit()
    // In a higher pack, as the first one is in use: nothing of it stays, as far as the sweep can see.
    try place.put(["leaf", "garbage"])
    batch.close()
    let place = place
    let isDue = Mutex(true)
    var settings = Repository.Settings()
    settings.syncFolder = { (path) throws(FileError) in
      // As it is the highest pack, another is made just before it goes, and the folder is synced.
      guard path.lastComponent == "packs", isDue.exchange(false) else { return }
      do {
        let writer = try place.opened().batch()
        try TestRepository.put(inner.bytes, as: inner.cid, into: writer)
        try writer.commit()
        _ = try pinner.contains(inner.cid)
      } catch { throw FileError("put", path, .ioError) }
    }
    var swept: Repository.Sweep?
    let pinning = pinner.batch()
    #expect(throws: PinError.incomplete(root.cid, missing: leaf)) {
      try pinning.pin(whole: Pin(root.cid)) {
        if swept == nil {
          swept = try? Repository(at: place.path, settings).sweep { _ in }
        }
        return false
      }
    }
    #expect(swept?.packs == 1, "and the leaf with it")
    #expect(try place.opened().contains(inner.cid))
  }
}

extension Mutex where Value == Bool {
  fileprivate func exchange(_ value: Bool) -> Bool {
    withLock { old in
      defer { old = value }
      return old
    }
  }
}
