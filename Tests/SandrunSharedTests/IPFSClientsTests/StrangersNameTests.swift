import Hashing
import IPFS
import Records
import SystemPackage
import TestSupport
import Testing

@testable import IPFSClients

/// A block that is proved under one name may not pass for another.
@Suite struct StrangersNameTests {
  /// A gateway that sends, where a block is wanted whose content is a digest, the bytes that have this digest.
  private struct Liar: BlockProvider {
    let name = "the liar"
    let section: [UInt8]

    func block(_ cid: CID) async throws(Failure) -> [UInt8] {
      throw Failure(.unavailable, "the liar has no block \(cid)", code: "not-found")
    }

    func archive(
      _ request: ArchiveRequest, _ take: ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
      // The header of an archive without roots: {"roots": [], "version": 1}.
      let header: [UInt8] =
        [0xa2, 0x65] + Array("roots".utf8) + [0x80, 0x67] + Array("version".utf8) + [0x01]
      var bytes: [UInt8] = []
      Varint.append(UInt64(header.count), to: &bytes)
      bytes += header
      Varint.append(UInt64(section.count), to: &bytes)
      try await take(bytes + section)
    }
  }

  @Test func theBytesOfADigestAreNotTheDigest() async throws {
    let scratch = try Scratch()
    let lie = Array("not what was asked for".utf8)
    let digest = SHA512.hash(lie)
    let wanted = CID(hashing: digest, codec: .raw)
    // CIDv1, raw, sha2-512, 64 bytes.
    let named = try CID(bytes: [0x01, 0x55, 0x13, 0x40] + digest)
    #expect(named.matches(lie) == true)
    #expect(named.key != wanted.key)
    let lied = await read(wanted, from: named.bytes + lie, into: scratch)
    #expect(throws: Failure.self) { try lied.get() }
    #expect(try !Repository(at: scratch.path.appending("kept")).contains(wanted))
    // The same archive with the block that was wanted.
    let told = await read(wanted, from: wanted.bytes + digest, into: scratch)
    #expect(try told.get() == digest)
  }

  private func read(
    _ cid: CID, from section: [UInt8], into scratch: Scratch
  ) async -> Result<[UInt8], Failure> {
    do throws(Failure) {
      let repository: Repository
      do { repository = try Repository(at: scratch.path.appending("kept")) } catch {
        throw Failure(.io, "\(error)")
      }
      let sources = Sources(
        repository, [Liar(section: section)], hedge: .milliseconds(300), in: KuboWorld.world)
      let bytes = try await sources.read(ContentPath(cid), .all) {
        (source) throws(Failure) in
        do throws(RepositoryError) { return try source.block(cid) } catch {
          throw Failure(.unavailable, "\(error)", code: "not-found")
        }
      }
      return .success(bytes)
    } catch {
      return .failure(error)
    }
  }
}
