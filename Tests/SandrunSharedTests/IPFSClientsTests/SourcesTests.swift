import Files
import HTTP
import IPFS
import Records
import SystemPackage
import TestSupport
import Testing

@testable import IPFSClients

/// Content that is read while gateways send it, on real sockets.
@Suite struct SourcesTests {
  /// A file of our own making in a CAR, and an empty repository.
  private struct Content {
    let scratch: Scratch
    let root: CID
    let bytes: [UInt8]
    let archive: FilePath
    let repository: Repository

    init() throws {
      scratch = try Scratch()
      // Every piece differs from every other.
      bytes = (0..<1_500_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
      let origin = try Repository(at: scratch.path.appending("origin"))
      let batch = origin.batch()
      var options = ImportOptions()
      options.chunker = .size(65536)
      options.maximumFileLinks = 4
      root = try Importer(options, into: batch).add(bytes: bytes).cid
      try batch.commit()
      var writer = try CARWriter([root], from: origin)
      var car: [UInt8] = []
      while let piece = try writer.piece() { car += piece }
      archive = scratch.path.appending("content.car")
      try Files.writeAtomically(car, to: archive)
      repository = try Repository(at: scratch.path.appending("kept"))
    }

    /// Reads all of it, or a range, from gateways of one server; what the server says it did, too.
    func read(
      _ names: [String], range: Range<UInt64>? = nil
    ) async throws -> (read: Result<[UInt8], Failure>, said: [String]) {
      let (read, said) = try await Peer.run("gateway.py", [archive.string]) { peer in
        let http = HTTPClient()
        let gateways = try names.map { name in
          try TrustlessGateway(
            "http://127.0.0.1:\(peer.port)/\(name)", http, in: KuboWorld.world)
        }
        let sources = Sources(
          repository, gateways, hedge: .milliseconds(300), in: KuboWorld.world)
        let root = root
        do throws(Failure) {
          let bytes = try await sources.read(ContentPath(root), .file(range)) {
            (source) throws(Failure) in try Self.content(of: root, range, in: source)
          }
          return Result<[UInt8], Failure>.success(bytes)
        } catch {
          return .failure(error)
        }
      }
      return (read, said)
    }

    private static func content(
      of root: CID, _ range: Range<UInt64>?, in source: any BlockSource
    ) throws(Failure) -> [UInt8] {
      do throws(ReadError) {
        var cursor = try FileCursor(root, in: source)
        if let range { cursor.narrow(to: range) }
        var bytes: [UInt8] = []
        while let piece = try cursor.next() { bytes += piece }
        return bytes
      } catch {
        throw Failure(.missingInput, "\(error)")
      }
    }
  }

  @Test(arguments: [
    ["good"], ["raw"], ["raw", "rootless"], ["lies", "good"], ["silent", "good"],
    ["stalls", "raw"],
    ["closes", "raw"], ["none", "ends"], ["endless", "cut"], ["backwards"],
  ])
  func comesFromWhoeverHasIt(names: [String]) async throws {
    let content = try Content()
    let (read, said) = try await content.read(names)
    #expect(try read.get() == content.bytes)
    // From one that sends whole archives in order no block is asked for by itself.
    if names == ["good"] { #expect(said.filter { $0.hasPrefix("GET") }.count == 1) }
    // Kept, it needs nobody.
    let (again, asked) = try await content.read(["none"])
    #expect(try again.get() == content.bytes)
    #expect(asked.isEmpty)
  }

  @Test(arguments: ["good", "raw"]) func aRangeCostsOnlyItsBlocks(name: String) async throws {
    let content = try Content()
    let (read, said) = try await content.read([name], range: 700_000..<700_010)
    #expect(try read.get() == Array(content.bytes[700_000..<700_010]))
    let leaves = said.filter { $0.hasPrefix("block bafkrei") }
    #expect(leaves.count == 1)
  }

  @Test func whatAllLackIsToldAsThat() async throws {
    let content = try Content()
    let (read, _) = try await content.read(["none", "gone", "empty"])
    guard case .failure(let failure) = read else {
      Issue.record("somebody had it")
      return
    }
    #expect(failure.code == "not-found")
    #expect(failure.status == .unavailable)
    #expect(failure.message == "nobody has \(content.root)")
  }

  @Test func whatTheDeadSaidIsTold() async throws {
    let content = try Content()
    let (read, _) = try await content.read(["deserialised", "none"])
    guard case .failure(let failure) = read else {
      Issue.record("somebody had it")
      return
    }
    #expect(failure.status == .protocolViolation)
    #expect(failure.message.contains("text/html"))
    #expect(failure.message.hasSuffix("1 of 2 have none"))
  }

  @Test func aFileIsASourceAsFarAsItIsWhole() async throws {
    let content = try Content()
    let file = try CARFile(content.archive)
    #expect(content.root.matches(try await file.block(content.root)) == true)
    let stranger = CID(hashing: [1, 2, 3], codec: .raw)
    await #expect(throws: Failure.self) { try await file.block(stranger) }
    let short = content.scratch.path.appending("short.car")
    let bytes = try Files.read(content.archive, limit: 1 << 24)
    try Files.writeAtomically(Array(bytes.prefix(100_000)), to: short)
    let half = try CARFile(short)
    #expect(content.root.matches(try await half.block(content.root)) == true)
    do throws(Failure) {
      _ = try await half.block(stranger)
      Issue.record("it had the block")
    } catch {
      #expect(error.code == "bad-archive")
    }
  }

  /// A header of 20,608 to 20,735 bytes has, behind the first byte of its length, the byte of version 2.
  @Test func manyRootsAreNoSecondVersion() async throws {
    let scratch = try Scratch()
    let origin = try Repository(at: scratch.path.appending("origin"))
    let batch = origin.batch()
    let roots = try (0..<503).map { number in
      let block = [UInt8(number & 255), UInt8(number >> 8)]
      let cid = CID(hashing: block, codec: .raw)
      try unsafe batch.put(block.span.bytes, of: cid)
      return cid
    }
    try batch.commit()
    var writer = try CARWriter(roots, from: origin)
    var car: [UInt8] = []
    while let piece = try writer.piece() { car += piece }
    #expect(Array(car[1..<3]) == [0xa1, 0x01])
    let archive = scratch.path.appending("many.car")
    try Files.writeAtomically(car, to: archive)
    let file = try CARFile(archive)
    for root in [roots[0], roots[502]] {
      #expect(root.matches(try await file.block(root)) == true)
    }
  }
}
