import Files
import Hashing
import IPFS
import NodeContent
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a sweep keeps and what it takes, and what leases have to say in it.
@Suite struct NodeContentTests {
  let scratch: Scratch
  let folder: FilePath

  init() throws {
    scratch = try Scratch()
    folder = scratch.path.appending("content")
  }

  /// A folder of three files, written into a generation: its root.
  private func add(_ seed: UInt8, to repository: Repository) throws -> CID {
    let batch = repository.batch()
    let importer = Importer(into: batch)
    let entries = try (0..<3).map { number in
      let bytes = [UInt8](repeating: seed, count: 1000 + number)
      return (name: Array("f\(number)".utf8), content: try importer.add(bytes: bytes))
    }
    let root = try importer.add(directory: entries).cid
    try batch.commit()
    return root
  }

  private func add(_ seed: UInt8, to content: NodeContent) throws -> CID {
    let lease = content.lease()
    defer { lease.release() }
    return try add(seed, to: lease.repository)
  }

  private func has(_ root: CID, _ source: any BlockSource) throws -> Bool {
    try DAGWalk.firstMissing(below: [root], in: source) == nil
  }

  private func generations() throws -> [String] {
    try Files.list(folder).map(\.string).filter { $0 != "lock" }
  }

  @Test func whatIsBelowTheRootsStaysAndTheRestGoes() throws {
    let content = try NodeContent(at: folder)
    let roots = try (1...4).map { try add($0, to: content) }
    let before = try content.byteCount()
    let sweep = try #require(try content.sweep { [roots[0], roots[2]] })
    #expect(sweep.live == 8 && sweep.removed == 1 && sweep.lost.isEmpty)
    #expect(try roots.map { try has($0, content) } == [true, false, true, false])
    #expect(try content.byteCount() < before)
    #expect(try generations() == ["00000002"])
    _ = try content.sweep { [] }
    #expect(try roots.allSatisfy { try !has($0, content) })
    #expect(try content.byteCount() < 100)
    // With nothing in it there is nothing to begin anew.
    _ = try content.sweep { [] }
    #expect(try generations().count == 1)
  }

  @Test func aLeasedGenerationStaysUntilItIsReleased() throws {
    let content = try NodeContent(at: folder)
    let old = try add(1, to: content)
    let lease = content.lease()
    _ = try content.sweep { [] }
    #expect(try has(old, content), "a lease keeps all of its generation")
    let written = try add(2, to: lease.repository)
    let newer = try add(3, to: content)
    #expect(try generations() == ["00000001", "00000002"])
    #expect(try content.sweep { [newer] }?.removed == 1)
    #expect(try has(written, content) && has(newer, content))
    lease.release()
    lease.release()
    _ = try content.sweep { [written, newer] }
    #expect(try has(written, content) && has(newer, content) && !has(old, content))
    #expect(try generations().count == 1)
  }

  @Test func holdTakesOverWhatOnlyOthersHave() throws {
    let content = try NodeContent(at: folder)
    let early = content.lease()
    let old = try add(1, to: early.repository)
    _ = try content.sweep { [] }
    let lease = content.lease()
    #expect(lease.path != early.path)
    #expect(try lease.hold([old]) == nil)
    early.release()
    // Nobody told the sweep of it, yet the lease keeps what it held.
    _ = try content.sweep { [] }
    #expect(try has(old, lease.repository) && has(old, content))
    let missing = CID(hashing: [1, 2, 3], codec: .raw)
    #expect(try lease.hold([old, missing]) == missing)
    lease.release()
    _ = try content.sweep { [] }
    #expect(try !has(old, content))
  }

  @Test func whereTheRootsAreNotKnownNothingGoes() throws {
    let content = try NodeContent(at: folder)
    let root = try add(1, to: content)
    #expect(try content.sweep { nil } == nil)
    #expect(throws: ReadError.cancelled) { try content.sweep(isCancelled: { true }) { [root] } }
    #expect(try has(root, content))
    let later = try add(2, to: content)
    #expect(try content.sweep { [root, later] }?.live == 8)
    #expect(try has(root, content) && has(later, content))
    #expect(try generations().count == 1)
  }

  @Test func lostBlocksAreNamedAndStopNothing() throws {
    var content: NodeContent? = try NodeContent(at: folder)
    let root = try add(1, to: #require(content))
    let gone = CID(hashing: [9], codec: .raw)
    let sweep = try #require(try content?.sweep { [gone, root] })
    #expect(sweep.lost == [gone] && sweep.live == 4)
    content = nil
    // One byte of one file's block turned on disk: the file is lost, the rest stays.
    let pack = folder.appending("00000002/packs/00000001.pack")
    var bytes = try Files.read(pack)
    let run = try #require(
      bytes.indices.first { $0 + 900 < bytes.count && bytes[$0..<$0 + 900].allSatisfy { $0 == 1 } })
    bytes[run + 450] ^= 0x40
    try Files.writeAtomically(bytes, to: pack)
    let again = try NodeContent(at: folder)
    #expect(try again.sweep { [root] }?.lost.count == 1)
    var entries = try DirectoryCursor(root, in: again)
    var kept = 0
    while let entry = try entries.next() {
      if try has(entry.cid, again) { kept += 1 }
    }
    #expect(kept == 2)
  }

  @Test func whatCameInVainIsTold() throws {
    let content = try NodeContent(at: folder)
    #expect(!content.takeStrays())
    let root = try add(1, to: content)
    #expect(content.takeStrays() && !content.takeStrays())
    let good = content.lease()
    good.settle()
    good.release()
    #expect(!content.takeStrays())
    let lasting = content.lease()
    lasting.settle()
    _ = try content.sweep { [root] }
    #expect(!content.takeStrays(), "it is still kept")
    #expect(try content.size() == NodeContent.Size(), "neither swept nor to be")
    lasting.release()
    #expect(content.takeStrays(), "what it kept can go")
    #expect(try content.size().removable > 0)
    _ = try content.sweep { [root] }
    #expect(try content.size().removable == 0 && content.size().current > 0)
    #expect(try has(root, content))
  }

  @Test func aReaderThatRefreshesKeepsNothingOpen() throws {
    let content = try NodeContent(at: folder)
    let root = try add(1, to: content)
    let reader = try NodeBlocks(at: folder)
    #expect(try has(root, reader))
    _ = try content.sweep { [root] }
    func isOpen() throws -> Bool {
      try Files.list("/proc/self/fd").contains { name in
        var target = [CChar](repeating: 0, count: 4096)
        let path = FilePath("/proc/self/fd").appending(name).string
        let count = unsafe readlink(path, &target, target.count)
        guard count > 0 else { return false }
        let text = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.hasPrefix("\(folder)/00000001")
      }
    }
    #expect(try isOpen(), "else this shows nothing")
    try reader.refresh()
    #expect(try !isOpen())
    #expect(try has(root, reader))
  }

  @Test func oneProcessAtATimeAndAllIsThereTheNextTime() throws {
    var content: NodeContent? = try NodeContent(at: folder)
    let root = try add(1, to: #require(content))
    #expect(throws: RepositoryError.self) { try NodeContent(at: folder) }
    #expect(try has(root, NodeBlocks(at: folder)), "reading is open to all")
    content = nil
    // What a crash leaves in the middle of a removal.
    try Files.makeDirectories(folder.appending("00000000.gone/packs"))
    try Files.makeDirectories(folder.appending("00000007"))
    let again = try NodeContent(at: folder)
    #expect(try generations() == ["00000001", "00000007"])
    #expect(try has(root, again))
    #expect(again.lease().path == folder.appending("00000007"))
    _ = try again.sweep { [root] }
    #expect(try has(root, again))
    #expect(try generations().count == 1)
  }

  @Test func readersFollowAFolderThatIsMadeLater() throws {
    let reader = try NodeBlocks(at: folder)
    let cid = CID(hashing: [UInt8](repeating: 5, count: 1000), codec: .raw)
    #expect(throws: RepositoryError.notFound(cid)) { try reader.block(cid) }
    let content = try NodeContent(at: folder)
    let root = try add(5, to: content)
    #expect(try reader.block(cid).count == 1000)
    for _ in 0..<3 {
      _ = try content.sweep { [root] }
      #expect(try reader.length(of: cid) == 1000)
    }
  }
}
