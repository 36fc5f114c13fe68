internal import Records

/// What a node answers to who asks it to drain: a JSON object a line.
public enum ControlAnswer: Equatable, Sendable {
  /// Nothing more is accepted; so many jobs wait and run still.
  case draining(queued: Int, running: Int)
  /// The node ends now. Where it was stopped before its jobs were over, some wait for the next start.
  case ended(isFinished: Bool)
  /// The node does not know what it was asked.
  case refused(String)

  /// The line with its newline.
  var line: [UInt8] {
    let json: JSON =
      switch self {
      case .draining(let queued, let running):
        ["draining": ["queued": .integer(queued), "running": .integer(running)]]
      case .ended(let isFinished): ["ended": ["finished": .bool(isFinished)]]
      case .refused(let reason): ["error": .string(reason)]
      }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// Reads a line; nil for what no node writes.
  init?(_ line: [UInt8]) {
    guard let member = WorkerOrder.member(line) else { return nil }
    switch member.name {
    case "draining":
      guard let queued = member.value["queued"]?.integer,
        let running = member.value["running"]?.integer
      else { return nil }
      self = .draining(queued: queued, running: running)
    case "ended":
      guard let isFinished = member.value["finished"]?.boolean else { return nil }
      self = .ended(isFinished: isFinished)
    case "error":
      guard let reason = member.value.string else { return nil }
      self = .refused(reason)
    default: return nil
    }
  }
}
