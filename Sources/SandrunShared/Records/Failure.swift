/// Why a record, or a whole run, failed: what a tool says on stderr, in a record's `error`, and by its exit status.
public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The exit status of a tool.
  public struct Status: RawRepresentable, Hashable, Sendable {
    /// The number that the shell sees.
    public let rawValue: Int32
    /// Makes a status from the number that the shell sees.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// All done.
    public static let done = Self(rawValue: 0)
    /// It ran, and the answer is no.
    public static let answerNo = Self(rawValue: 1)
    /// The command line is wrong.
    public static let usage = Self(rawValue: 64)
    /// The input is wrong.
    public static let data = Self(rawValue: 65)
    /// An input is not there.
    public static let missingInput = Self(rawValue: 66)
    /// A service is unreachable.
    public static let unavailable = Self(rawValue: 69)
    /// Our own bug.
    public static let internalError = Self(rawValue: 70)
    /// Output cannot be created.
    public static let cannotCreate = Self(rawValue: 73)
    /// Reading or writing failed.
    public static let io = Self(rawValue: 74)
    /// It may work later.
    public static let temporary = Self(rawValue: 75)
    /// The other side broke its protocol.
    public static let protocolViolation = Self(rawValue: 76)
    /// A key or a permission is refused.
    public static let permission = Self(rawValue: 77)
    /// The configuration is wrong.
    public static let configuration = Self(rawValue: 78)

    /// The statuses that a tool of ours ends with, their code in a record and what they mean, as man pages list them.
    public static let table: [(status: Self, code: String, meaning: String)] = [
      (.done, "done", "all done"),
      (.answerNo, "no", "it ran, and the answer is no"),
      (.usage, "usage", "usage"),
      (.data, "data", "bad input data"),
      (.missingInput, "missing-input", "input missing"),
      (.unavailable, "unavailable", "a service is unreachable"),
      (.internalError, "internal", "a bug of ours"),
      (.cannotCreate, "cannot-create", "can't create output"),
      (.io, "io", "input or output failed"),
      (.temporary, "temporary", "try again later"),
      (.protocolViolation, "protocol", "the other side broke its protocol"),
      (.permission, "permission", "key or permission refused"),
      (.configuration, "configuration", "configuration"),
    ]

    /// The word for this status in a record's `error`.
    public var code: String { Self.table.first { $0.status == self }?.code ?? "status-\(rawValue)" }
  }

  /// How the tool will end.
  public var status: Status
  /// A word for scripts, stable across versions; by default the status's own.
  public var code: String
  /// What is wrong, naming the thing: lower case, no full stop.
  public var message: String
  /// What the user can do about it, where there is something.
  public var hint: String?
  /// Whether the same verb, met again, takes the record up again.
  public var isRetryable: Bool
  /// Whether it ends the whole run, since no later record can fare better: standard output is gone.
  public var isFatal = false

  /// Makes a failure.
  public init(
    _ status: Status, _ message: String, code: String? = nil, hint: String? = nil,
    isRetryable: Bool? = nil
  ) {
    self.status = status
    self.code = code ?? status.code
    self.message = Self.bounded(message)
    self.hint = hint
    // What may work later is taken up again unless the thrower knows better.
    self.isRetryable = isRetryable ?? (status == .temporary || status == .unavailable)
  }

  /// A stop that SIGINT or SIGTERM asked for, before the work was done.
  public static let interrupted = Failure(.temporary, "interrupted", code: "interrupted")

  /// A hostile name of megabytes must not fill the terminal, nor make a record too long for the next stage.
  private static func bounded(_ message: String) -> String {
    guard message.utf8.count > 1024 else { return message }
    return message.prefix(480) + " … " + message.suffix(480)
  }

  /// The same failure as the end of the whole run.
  public var fatal: Failure {
    var copy = self
    copy.isFatal = true
    return copy
  }

  /// The message alone.
  public var description: String { message }

  /// The `error` member of a record: tool, verb, status, code, message, retryable.
  public func member(tool: String, verb: String) -> JSON {
    [
      "tool": .string(tool), "verb": .string(verb), "status": .integer(status.rawValue),
      "code": .string(code), "message": .string(message), "retryable": .bool(isRetryable),
    ]
  }
}
