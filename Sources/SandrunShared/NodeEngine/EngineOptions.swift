public import Records
public import SystemPackage

/// What bounds the engine, and where it lives.
public struct EngineOptions: Sendable {
  /// The node's own folder.
  public let node: NodeFolder
  /// How many jobs run at once.
  public var concurrency: Int
  /// How many jobs may wait.
  public var maxQueued = 10_000
  /// For how long a job is kept once it is over.
  public var keep = Duration.seconds(7 * 86_400)
  /// For how long uploaded content is kept that no job takes up.
  public var keepUploads = Duration.seconds(3600)
  /// How many bytes the node's folder may hold; nil for no bound.
  public var maxDisk: Int?
  /// How many bytes must stay free on its disk.
  public var minFree = 1 << 30
  /// How often a job is started at most: more than once only where the node or its worker went down.
  public var maxStarts = 3
  /// How long a job waits that could not be run for no clear fault of its own; six times that the second time.
  public var rest = Duration.seconds(5)
  /// How long running jobs may take to end once the node drains.
  public var drainTimeout = Duration.seconds(60)
  /// The program that runs jobs.
  public var worker: WorkerProgram
  /// Refuses a record with `job` and `code` that this machine could never run, and says why.
  public var check: @Sendable (Record) throws(Failure) -> Void = { _ in }

  /// The path of the node's own folder.
  public var folder: FilePath { node.path }

  /// Makes options; those not given suit a small node.
  public init(in node: NodeFolder, concurrency: Int, worker: WorkerProgram) {
    self.node = node
    self.concurrency = concurrency
    self.worker = worker
  }
}

/// How the worker is started: a program that speaks the worker's protocol on its standard input and output.
public struct WorkerProgram: Sendable {
  /// The program.
  public var path: FilePath
  /// What it is called in the list of processes.
  public var name: String
  /// Its arguments, without its own name.
  public var arguments: [String]
  /// All of its environment; no secret belongs here.
  public var environment: [String: String]

  /// Makes a program.
  public init(
    path: FilePath, name: String? = nil, arguments: [String], environment: [String: String]
  ) {
    self.path = path
    self.name = name ?? path.lastComponent?.string ?? path.string
    self.arguments = arguments
    self.environment = environment
  }
}
