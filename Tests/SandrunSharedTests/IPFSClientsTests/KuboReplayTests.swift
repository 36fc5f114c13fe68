import HTTP
import Records
import SystemPackage
import TestSupport
import Testing

@testable import IPFSClients

/// What a real node answered, byte by byte as it did: a whole answer is taken, and nothing that is none.
@Suite struct KuboReplayTests {
  private struct Row: Sendable {
    var id: String
    var command: String
    var query: [(name: String, value: String)]
    var status: Int
    var body: [UInt8]?
    var message: String?
    var trailer: String?
    var isCut: Bool
  }

  /// So many there are, for who has not got them.
  private static let known = 150

  /// The rows whose request is a command without a body; and how many others there are.
  private static func rows(_ folder: FilePath) throws -> (rows: [Row], others: Int) {
    var rows: [Row] = []
    var others = 0
    for line in try Vectors.lines(of: folder.appending("ipfs/rpc-transcripts.jsonl")) {
      let row = try JSON(parsing: line)
      guard let request = row["request"], let response = row["response"],
        row["server"]?.string == "rpc", request["method"]?.string == "POST",
        let path = request["path"]?.string, path.hasPrefix("/api/v0/"),
        request["headers"] == nil, (request["body_length"]?.integer ?? 0) == 0,
        request["body_described"] == nil, let status = response["status"]?.integer
      else {
        others += 1
        continue
      }
      let parts = path.dropFirst("/api/v0/".count).split(separator: "?", maxSplits: 1)
      let query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { item in
        let words = item.split(separator: "=", maxSplits: 1).map(String.init)
        return (name: words[0], value: words.count > 1 ? words[1] : "")
      }
      rows.append(
        Row(
          id: row["id"]?.string ?? "", command: String(parts.first ?? ""), query: query,
          status: status, body: response["body"]?.string.map { Array($0.utf8) },
          message: (try? JSON(parsing: Array((response["body"]?.string ?? "").utf8)))?["Message"]?
            .string,
          trailer: response["trailers"]?["X-Stream-Error"]?.string,
          isCut: response["body_truncated"]?.boolean == true))
    }
    return (rows, others)
  }

  @Test(arguments: [nil, 1, 7]) func everyAnswerIsTakenForWhatItIs(piece: Int?) async throws {
    guard let folder = Vectors.shared else {
      return print("skipped: \(Self.known) rows of ipfs/rpc-transcripts.jsonl, not here")
    }
    let (rows, others) = try Self.rows(folder)
    #expect(rows.count == Self.known)
    let options = piece.map { ["--piece", "\($0)"] } ?? []
    let (_, said) = try await Peer.run("kubo-replay.py", options) { peer in
      let node = try KuboWorld.node(at: peer.port)
      for row in rows { try await check(row, node) }
    }
    print("\(rows.count) rows of Kubo's RPC are held, \(others) have other requests: \(said)")
  }

  private func check(_ row: Row, _ node: KuboRPC) async throws {
    var command = KuboRPC.Command(row.command)
    command.query = row.query
    let answer: Result<[UInt8], Failure>
    do throws(Failure) { answer = .success(try await node.bytes(command, limit: 1 << 20)) } catch {
      answer = .failure(error)
    }
    switch answer {
    case .success(let bytes):
      #expect(row.status == 200 && row.trailer == nil && !row.isCut, "\(row.id)")
      if let body = row.body { #expect(bytes == body, "\(row.id)") }
    case .failure(let failure):
      #expect(row.status != 200 || row.trailer != nil || row.isCut, "\(row.id): \(failure)")
      if let words = row.trailer ?? row.message {
        #expect(row.isCut || failure.message.contains(words.prefix(400)), "\(row.id): \(failure)")
      }
      if row.isCut { #expect(failure.status == .protocolViolation, "\(row.id): \(failure)") }
      if row.status == 404 || row.status == 405 {
        #expect(failure.code == "no-rpc", "\(row.id): \(failure)")
      }
      if row.message?.contains("could not find") == true {
        #expect(failure.code == "not-found", "\(row.id): \(failure)")
      }
    }
  }
}
