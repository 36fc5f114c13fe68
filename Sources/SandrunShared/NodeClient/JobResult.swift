internal import Hashing
internal import IPFS
internal import NodeAPI
public import Records

/// One file of a job's outputs.
public struct ResultFile: Equatable, Sendable {
  /// Relative, `/` between names, none of them `.` or `..`.
  public var path: String
  /// Its length in bytes.
  public var size: Int
  /// Its SHA-256, 64 hex digits.
  public var sha256: String
  /// Its CID; nil from a node that tells none.
  public var cid: String?

  /// A file by its facts; nil where the path leads anywhere but below a folder.
  public init?(path: String, size: Int, sha256: String, cid: String?) {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    // Beyond 2^53 no length is one, and sums of them must not overflow.
    guard (0...1 << 53).contains(size),
      names.allSatisfy({ !["", ".", ".."].contains($0) && $0.utf8.count <= 255 }),
      path.utf8.count <= 4000, !path.utf8.contains(0)
    else { return nil }
    (self.path, self.size, self.sha256, self.cid) = (path, size, sha256, cid)
  }

  /// The element of `result.outputs.files`.
  public var json: JSON {
    [
      "path": .string(path), "size": .integer(size), "sha256": .string(sha256),
      "cid": cid.map { .string($0) } ?? .null,
    ]
  }
}

/// The member `result` as a node tells it, read part by part.
struct JobResult {
  let status: String
  let outputs: CID?
  let files: [ResultFile]
  let json: JSONObject

  /// The reasons that a run is ended for; a word of this shape from a newer node is passed on.
  private static func isReason(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 == 0x2D }
  }

  init(_ told: JSONObject) throws(APIError) {
    guard let status = told["status"]?.string,
      ["completed", "failed", "cancelled"].contains(status)
    else { throw APIError("result.status") }
    self.status = status
    var json: JSONObject = ["status": .string(status)]
    if let reason = told["reason"], reason != .null {
      guard let text = reason.string, Self.isReason(text) else { throw APIError("result.reason") }
      json["reason"] = reason
    }
    for (name, range) in [("exitCode", 0...255), ("signal", 1...64)] {
      guard let value = told[name], value != .null else { continue }
      guard let number = value.integer, range.contains(number) else {
        throw APIError("result.\(name)")
      }
      json[name] = value
    }
    let exitCode = json["exitCode"]?.integer
    guard status != "completed" || exitCode == 0 && json["signal"] == nil && json["reason"] == nil
    else { throw APIError("result.exitCode") }
    (outputs, files) = try Self.outputs(told["outputs"])
    json["outputs"] = [
      "cid": outputs.map { .string("\($0)") } ?? .null,
      "files": .array(files.map(\.json)),
    ]
    json["logs"] = try Self.logs(told["logs"])
    json["usage"] = try Self.usage(told["usage"])
    json["executionTime"] = try Self.number(told["executionTime"], "result.executionTime")
    json["cost"] = .null
    self.json = json
  }

  private static func outputs(_ json: JSON?) throws(APIError) -> (CID?, [ResultFile]) {
    guard let json, json != .null else { return (nil, []) }
    var folder: CID?
    if let text = json["cid"], text != .null {
      guard let cid = text.string.flatMap({ try? CID(parsing: $0) }) else {
        throw APIError("result.outputs.cid")
      }
      folder = cid
    }
    var files: [ResultFile] = []
    var names: Set<String> = []
    for (index, file) in (json["files"]?.elements ?? []).enumerated() {
      let place = "result.outputs.files[\(index)]"
      guard let path = file["path"]?.string, names.insert(path).inserted else {
        throw APIError("\(place).path")
      }
      // Without a folder of outputs, a node of another kind, there are no CIDs of files.
      let cid = file["cid"]?.string.flatMap { try? CID(parsing: $0) }
      guard (cid == nil) == (folder == nil) else { throw APIError("\(place).cid") }
      guard let size = file["size"]?.integer, let sha256 = digest(file["sha256"]),
        let found = ResultFile(path: path, size: size, sha256: sha256, cid: cid.map { "\($0)" })
      else { throw APIError(place) }
      files.append(found)
    }
    return (folder, files)
  }

  private static func logs(_ json: JSON?) throws(APIError) -> JSON? {
    guard let json, json != .null else { return nil }
    var logs: JSONObject = [:]
    for name in ["stdout", "stderr"] {
      let place = "result.logs.\(name)"
      guard let tail = json[name]?["tail"]?.string, tail.utf8.count <= 64 << 10,
        let size = json[name]?["size"]?.integer, size >= 0,
        let sha256 = digest(json[name]?["sha256"]), let cut = json[name]?["truncated"]?.boolean
      else { throw APIError(place) }
      logs[name] = [
        "tail": .string(tail), "size": .integer(size), "sha256": .string(sha256),
        "truncated": .bool(cut),
      ]
    }
    return .object(logs)
  }

  private static func usage(_ json: JSON?) throws(APIError) -> JSON? {
    guard let json, json != .null else { return nil }
    return [
      "cpuSeconds": try number(json["cpuSeconds"], "result.usage.cpuSeconds") ?? .null,
      "wallSeconds": try number(json["wallSeconds"], "result.usage.wallSeconds") ?? .null,
      "memoryPeak": try number(json["memoryPeak"], "result.usage.memoryPeak") ?? .null,
    ]
  }

  private static func number(_ json: JSON?, _ name: String) throws(APIError) -> JSON? {
    guard let json, json != .null else { return nil }
    guard case .number(let number) = json, number.description.utf8.count <= 32,
      !number.description.hasPrefix("-")
    else { throw APIError(name) }
    return json
  }

  /// A SHA-256 as 64 hex digits in lower case.
  private static func digest(_ json: JSON?) -> String? {
    guard let text = json?.string, text.utf8.count == 64,
      text.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 })
    else { return nil }
    return text
  }
}
