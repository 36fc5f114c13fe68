public import Hashing
public import Records

/// One line of a trace: what happened, when, and its place in the order.
public struct TraceEvent: Equatable, Sendable {
  /// The number of lines before this one.
  public var sequence: Int
  /// How long after the beginning it happened, to the microsecond.
  public var time: Duration
  /// What happened.
  public var kind: Kind

  /// What happened.
  public enum Kind: Equatable, Sendable {
    /// The job was about to begin; always the first line.
    case start(TraceStart)
    /// The job wrote to one of its streams.
    case chunk(TraceChunk)
    /// What the job's processes used at that moment.
    case sample(TraceSample)
    /// The job ended.
    case exit(TraceExit)
    /// A file that the job left.
    case output(TraceOutput)
    /// The trace is complete; always the last line.
    case end(TraceEnd)
  }
}

/// One of the two streams that a job writes to.
public enum TraceStream: String, CaseIterable, Sendable {
  case stdout
  case stderr
}

/// What was about to run, and under which limits.
public struct TraceStart: Equatable, Sendable {
  /// The wall-clock time of the beginning.
  public var date: Timestamp
  /// The command with its arguments, as the sandbox starts it.
  public var argv: [String]
  /// The names of the job's environment variables; never their values.
  public var environment: [String]
  /// The limits by name, in bytes, seconds or counts; only non-negative integers.
  public var limits: [(name: String, value: Int)]
  /// The sandbox's kind, such as `bubblewrap`.
  public var sandbox: String
  /// The CID of the code that runs.
  public var code: String
  /// The CID of the job's canonical specification.
  public var specification: String

  /// Makes the first line's content.
  public init(
    date: Timestamp, argv: [String], environment: [String], limits: [(name: String, value: Int)],
    sandbox: String, code: String, specification: String
  ) {
    self.date = date
    self.argv = argv
    self.environment = environment
    self.limits = limits
    self.sandbox = sandbox
    self.code = code
    self.specification = specification
  }

  /// Whether all facts are the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.date == right.date && left.argv == right.argv && left.environment == right.environment
      && left.limits.elementsEqual(right.limits) { $0 == $1 } && left.sandbox == right.sandbox
      && left.code == right.code && left.specification == right.specification
  }
}

/// A run of bytes that the job wrote to one stream; the bytes themselves are in no trace.
public struct TraceChunk: Equatable, Sendable {
  /// The stream.
  public var stream: TraceStream
  /// How many bytes of the stream came before.
  public var offset: Int
  /// How many bytes these are.
  public var length: Int
  /// Their SHA-256.
  public var sha256: Digest32
}

/// What the job's processes together used at one moment.
public struct TraceSample: Equatable, Sendable {
  /// Processor time since the beginning.
  public var cpuTime: Duration
  /// Memory in use, in bytes.
  public var memory: Int
  /// Processes alive.
  public var processes: Int

  /// Makes a sample.
  public init(cpuTime: Duration, memory: Int, processes: Int) {
    self.cpuTime = cpuTime
    self.memory = memory
    self.processes = processes
  }
}

/// What the run used from beginning to end.
public struct TraceUsage: Equatable, Sendable {
  /// Processor time.
  public var cpuTime: Duration
  /// Time by the clock.
  public var wallTime: Duration
  /// The most memory in use at once, in bytes; nil where it could not be measured.
  public var memoryPeak: Int?

  /// Makes a usage.
  public init(cpuTime: Duration, wallTime: Duration, memoryPeak: Int?) {
    self.cpuTime = cpuTime
    self.wallTime = wallTime
    self.memoryPeak = memoryPeak
  }
}

/// One whole stream once the job has ended.
public struct TraceLog: Equatable, Sendable {
  /// The bytes kept.
  public var size: Int
  /// Their SHA-256.
  public var sha256: Digest32
  /// Whether the job wrote more than was kept.
  public var isTruncated: Bool
}

/// How the job ended.
public struct TraceExit: Equatable, Sendable {
  /// `completed`, `failed` or `cancelled`.
  public var status: String
  /// Why it did not end by itself, such as `timeout`; nil where it did.
  public var reason: String?
  /// The exit status, 0 to 255; nil where a signal ended it.
  public var exitCode: Int?
  /// The signal that ended it; nil where it exited.
  public var signal: Int?
  /// What it used.
  public var usage: TraceUsage
  /// Its standard output.
  public var stdout: TraceLog
  /// Its standard error.
  public var stderr: TraceLog
}

/// A file that the job left.
public struct TraceOutput: Equatable, Sendable {
  /// The path relative to the job's folder.
  public var path: String
  /// The size in bytes.
  public var size: Int
  /// The SHA-256 of the content.
  public var sha256: Digest32
  /// The CID of the content.
  public var cid: String

  /// Makes an output.
  public init(path: String, size: Int, sha256: Digest32, cid: String) {
    self.path = path
    self.size = size
    self.sha256 = sha256
    self.cid = cid
  }
}

/// The last line.
public struct TraceEnd: Equatable, Sendable {
  /// The number of lines, this one included.
  public var count: Int
  /// The CID of the folder of all outputs; nil where none was stored.
  public var outputs: String?
}
