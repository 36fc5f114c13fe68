import Dispatch
import IPFS
import Hashing
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Timing

@testable import IPFSClients

/// When content counts as read: neither later than its last block, nor where a block was left out.
@Suite struct HarvestEndTests {
  private static let root = CID(hashing: [1], codec: .raw)

  /// Gives what it has, block by block, and one archive: of one block, as soon as the others were asked; it ends when `ends` rings.
  private struct Giver: BlockProvider {
    let name = "the giver"
    var blocks: [CID: [UInt8]]
    var wasAsked: Bell?
    var ends: Bell?

    func block(_ cid: CID) async throws(Failure) -> [UInt8] {
      if let bytes = blocks[cid] { return bytes }
      throw Failure(.unavailable, "the giver has no \(cid)", code: "not-found")
    }

    func archive(
      _ request: ArchiveRequest, _ take: ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
      guard let wasAsked, let block = blocks[request.path.root] else {
        throw Failure(.unavailable, "no archives", code: "no-archives")
      }
      await wasAsked.wait(upTo: nil)
      // The header of an archive without roots: {"roots": [], "version": 1}.
      let header: [UInt8] =
        [0xa2, 0x65] + Array("roots".utf8) + [0x80, 0x67] + Array("version".utf8) + [0x01]
      var bytes: [UInt8] = []
      for section in [header, request.path.root.bytes + block] {
        Varint.append(UInt64(section.count), to: &bytes)
        bytes += section
      }
      try await take(bytes)
      await ends?.wait(upTo: nil)
    }
  }

  /// Makes no archives, and answers nobody who asks for a block.
  private struct Mute: BlockProvider {
    let name = "the mute"
    let wasAsked: Bell

    func block(_ cid: CID) async throws(Failure) -> [UInt8] {
      wasAsked.ring()
      do { try await Task.sleep(for: .seconds(3600)) } catch {}
      throw .interrupted
    }
  }

  /// Sends no archive for as long as anybody waits, and has no block.
  private struct Silent: BlockProvider {
    let name = "the silent"
    let wasAsked: Bell

    func block(_ cid: CID) async throws(Failure) -> [UInt8] {
      throw Failure(.unavailable, "the silent has no \(cid)", code: "not-found")
    }

    func archive(
      _ request: ArchiveRequest, _ take: ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
      wasAsked.ring()
      do { try await Task.sleep(for: .seconds(3600)) } catch {}
      throw .interrupted
    }
  }

  private func read(
    timeout: Duration, _ body: @escaping @Sendable (Harvest) -> Void
  ) async throws -> Result<Void, Failure> {
    let scratch = try Scratch()
    let sources = Sources(
      try Repository(at: scratch.path.appending("kept")), [Giver(blocks: [Self.root: [1]])],
      timeout: timeout, in: KuboWorld.world)
    do throws(Failure) {
      try await sources.read(ContentPath(Self.root), .file(nil)) { (source) throws(Failure) in
        guard let harvest = source as? Harvest else { return }
        body(harvest)
      }
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  private static func waitForTheEnd(of harvest: Harvest) {
    let pause = DispatchSemaphore(value: 0)
    while !harvest.state.withLock({ $0.isClosed }) {
      _ = pause.wait(timeout: .now() + .milliseconds(5))
    }
  }

  @Test func whoHasAllIsNotLate() async throws {
    let result = try await read(timeout: .milliseconds(1)) { harvest in
      Self.waitForTheEnd(of: harvest)
    }
    #expect(throws: Never.self) { try result.get() }
  }

  @Test func whoPassedOverABlockIsLate() async throws {
    let result = try await read(timeout: .milliseconds(1)) { harvest in
      Self.waitForTheEnd(of: harvest)
      _ = try? harvest.block(CID(hashing: [2], codec: .raw))
    }
    let failure = #expect(throws: Failure.self) { try result.get() }
    #expect(failure?.code == "timed-out")
  }

  @Test(.timeLimit(.minutes(5))) func aSilentLoserHoldsNobodyUp() async throws {
    let wasAsked = Bell()
    try await expectRead {
      [Giver(blocks: $0, wasAsked: wasAsked), Silent(wasAsked: wasAsked)]
    }
  }

  /// Once the archive falls silent another is asked; should he say nothing either, who sends the archive is asked for the block itself.
  @Test(.timeLimit(.minutes(5))) func whoAnswersNobodyHoldsNobodyUp() async throws {
    let (wasAsked, ends) = (Bell(), Bell())
    wasAsked.ring()
    try await expectRead {
      [Giver(blocks: $0, wasAsked: wasAsked, ends: ends), Mute(wasAsked: ends)]
    }
  }

  /// Reads a file of several blocks from providers, whole.
  private func expectRead(
    from providers: ([CID: [UInt8]]) -> [any BlockProvider]
  ) async throws {
    let scratch = try Scratch()
    let origin = try Repository(at: scratch.path.appending("origin"))
    let batch = origin.batch()
    var options = ImportOptions()
    options.chunker = .size(10)
    let content = Array("a file of several blocks".utf8)
    let root = try Importer(options, into: batch).add(bytes: content).cid
    try batch.commit()
    var blocks: [CID: [UInt8]] = [root: try origin.block(root)]
    for link in try DAGNode(parsing: origin.block(root)).links {
      blocks[link.cid] = try origin.block(link.cid)
    }
    let sources = Sources(
      try Repository(at: scratch.path.appending("kept")), providers(blocks),
      hedge: .milliseconds(50), in: KuboWorld.world)
    let read = try await sources.read(ContentPath(root), .file(nil)) {
      (source) throws(Failure) -> [UInt8] in
      do throws(ReadError) {
        var cursor = try FileCursor(root, in: source)
        var bytes: [UInt8] = []
        while let piece = try cursor.next() { bytes += piece }
        return bytes
      } catch {
        throw Failure(.io, "\(error)")
      }
    }
    #expect(read == content)
  }
}
