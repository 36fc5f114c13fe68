import Files
import Hashing
import SystemPackage
import TestSupport
import Testing

@testable import IPFS

/// A dry run tells what a sweep would do, and changes nothing.
@Suite struct DryRunTests {
  let test: TestRepository

  init() throws { test = try TestRepository() }

  /// All files with their bytes.
  private func content(below folder: FilePath, _ name: String = "") throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for entry in try Files.list(folder) {
      let path = folder.appending(entry)
      if try Files.status(path)?.type == .directory {
        found[name + entry.string + "/"] = []
        found.merge(try content(below: path, name + entry.string + "/")) { one, _ in one }
      } else {
        found[name + entry.string] = try Files.read(path)
      }
    }
    return found
  }

  /// A repository with all that a crash may leave: whole records behind the index, then torn ones, a torn segment, a dead lease.
  private func crashed() throws {
    try test.put(["kept", "gone"])
    let repository = try test.opened()
    try repository.pins.add([Pin(TestRepository.raw("kept"))])
    let late = TestRepository.bytes("late")
    try test.edit(test.pack(1)) { bytes in
      Pack.appendHeader(SHA256.hash(late), length: late.count, to: &bytes)
      bytes += late + Pack.recordMagic + [1, 2, 3]
    }
    let leases = test.path.appending("leases")
    try Files.makeDirectories(leases)
    try Files.writeAtomically([0x6b, 32, 1], to: leases.appending("dead.lease"))
    try Files.writeAtomically([1, 2, 3], to: test.path.appending("index/torn.seg"))
    for name in ["gc", "sweep"] { try Files.removeTree(test.path.appending(name)) }
  }

  @Test func nothingIsWritten() throws {
    try crashed()
    let before = try content(below: test.path)
    let repository = try Repository(at: test.path, access: .readOnly)
    let told = try repository.sweep(dryRun: true) { _ in }
    _ = try repository.statistics()
    #expect(try repository.contains(TestRepository.raw("late")))
    #expect(try content(below: test.path) == before)
    let done = try test.sweep()
    #expect(told == done && done.removed == 2 && done.packs == 1)
    #expect(try content(below: test.path) != before)
  }

  /// One that is opened for writing writes nothing in a dry run, either, but what it was opened with.
  @Test func norByOneThatMayWrite() throws {
    try crashed()
    let repository = try test.opened()
    let before = try content(below: test.path)
    let told = try repository.sweep(dryRun: true) { _ in }
    #expect(try content(below: test.path) == before)
    #expect(try test.sweep() == told)
  }

  @Test func damageIsNotedInMemoryAlone() throws {
    try test.put(["kept", "gone"])
    try test.edit(test.pack(1)) { $0[8 + 44 + 100] ^= 1 }
    let before = try content(below: test.path)
    let repository = try Repository(at: test.path, access: .readOnly)
    for _ in 0..<2 {
      #expect(
        throws: RepositoryError.corrupt(TestRepository.raw("kept"), pack: test.pack(1), offset: 8)
      ) {
        try repository.block(TestRepository.raw("kept"))
      }
      try repository.refresh()
    }
    #expect(try content(below: test.path) == before)
  }

  @Test func writingIsRefused() throws {
    try test.put(["kept"])
    let before = try content(below: test.path)
    let repository = try Repository(at: test.path, access: .readOnly)
    #expect(throws: RepositoryError.self) { try repository.put([1]) }
    #expect(throws: PinError.self) { try repository.pins.add([Pin(TestRepository.raw("kept"))]) }
    #expect(throws: SweepError.self) { try repository.sweep { _ in } }
    #expect(try content(below: test.path) == before)
  }
}
