public import NodeAPI
public import Records

/// A line that a worker writes to the engine.
public enum WorkerAnswer: Sendable {
  /// It runs jobs: the sandbox works.
  case ready
  /// It runs none on this machine: why, with what can be done.
  case unable(Failure)
  /// A job's log has so many bytes by now.
  case log(JobID, Int)
  /// A job ran: the record member `result`, and the size of its log.
  case result(JobID, JSONObject, logSize: Int)
  /// A job could not be run; `isSick` where one that does nothing could not be either.
  case failed(JobID, Failure, isSick: Bool, logSize: Int)
  /// A job was ended as asked.
  case cancelled(JobID, logSize: Int)
  /// The answer to a ping.
  case pong(Int)

  /// No log is taken for larger, in bytes.
  static let largestLog = 1 << 40

  /// The line without its newline.
  public var line: [UInt8] {
    let json: JSON =
      switch self {
      case .ready: ["ready": true]
      case .unable(let failure): ["unable": Self.json(failure)]
      case .log(let id, let size): ["log": ["id": .string("\(id)"), "size": .integer(size)]]
      case .result(let id, let result, let size):
        [
          "result": [
            "id": .string("\(id)"), "result": .object(result), "logSize": .integer(size),
          ]
        ]
      case .failed(let id, let failure, let isSick, let size):
        [
          "failed": [
            "id": .string("\(id)"), "error": Self.json(failure), "sick": .bool(isSick),
            "logSize": .integer(size),
          ]
        ]
      case .cancelled(let id, let size):
        ["cancelled": ["id": .string("\(id)"), "logSize": .integer(size)]]
      case .pong(let number): ["pong": .integer(number)]
      }
    return json.bytes
  }

  /// Reads a line; nil for one that no worker of this version writes.
  public init?(_ line: [UInt8]) {
    guard let (name, value) = WorkerOrder.member(line).map({ ($0.name, $0.value) }) else {
      return nil
    }
    let id = value["id"]?.string.flatMap { JobID($0) }
    // A worker that went mad must not make the node's sums overflow.
    let size = (value["logSize"] ?? value["size"])?.integer.map {
      min(max($0, 0), Self.largestLog)
    }
    switch (name, id, size) {
    case ("ready", _, _): self = .ready
    case ("pong", _, _):
      guard let number = value.integer, number >= 0 else { return nil }
      self = .pong(number)
    case ("unable", _, _):
      guard let failure = Self.failure(value) else { return nil }
      self = .unable(failure)
    case ("log", let id?, let size?): self = .log(id, size)
    case ("cancelled", let id?, let size?): self = .cancelled(id, logSize: size)
    case ("result", let id?, let size?):
      guard let result = value["result"]?.object else { return nil }
      self = .result(id, result, logSize: size)
    case ("failed", let id?, let size?):
      guard let failure = Self.failure(value["error"]) else { return nil }
      self = .failed(id, failure, isSick: value["sick"]?.boolean ?? false, logSize: size)
    default: return nil
    }
  }

  /// Whether a failure to run a job may be no fault of the job's, so that another try makes sense.
  public static func mayPass(_ failure: Failure) -> Bool {
    [.io, .cannotCreate, .temporary].contains(failure.status) || failure.code == "no-sandbox"
  }

  private static func json(_ failure: Failure) -> JSON {
    [
      "status": .integer(failure.status.rawValue), "code": .string(failure.code),
      "message": .string(failure.message), "hint": failure.hint.map { .string($0) } ?? .null,
      "retryable": .bool(failure.isRetryable),
    ]
  }

  private static func failure(_ json: JSON?) -> Failure? {
    guard let json, let status = json["status"]?.integer.flatMap({ Int32(exactly: $0) }),
      let code = json["code"]?.string, let message = json["message"]?.string
    else { return nil }
    return Failure(
      Failure.Status(rawValue: status), message, code: code, hint: json["hint"]?.string,
      isRetryable: json["retryable"]?.boolean)
  }
}
