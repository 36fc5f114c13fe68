public import SystemPackage

/// How a command is kept apart from the machine it runs on.
public enum SandboxKind: String, CaseIterable, Sendable {
  /// Namespaces by bubblewrap, a system call filter, no capability, no root.
  case bubblewrap
  /// Nothing at all: the command runs as the caller, and only its limits are watched.
  case none
}

/// Who holds a command to its limits.
public enum Enforcement: String, CaseIterable, Sendable {
  /// Control groups where this process may make them, else resource limits.
  case automatic
  /// The kernel's resource limits, and a watcher that reads the process tree.
  case resourceLimits
}

/// A limit that ended a run.
public enum Limit: String, CaseIterable, Sendable {
  case memory, processes, cpu, filesize, disk, timeout, output
}

/// What a command may use.
public struct Limits: Equatable, Sendable {
  /// Bytes of memory, the files in its working directory, `/tmp` and `/dev/shm` included.
  public var memory: Int
  /// Processes and threads alive at once.
  public var processes: Int
  /// Bytes in one file.
  public var fileSize: Int
  /// Bytes in the working directory, and as many again in `/tmp` and in `/dev/shm`.
  public var disk: Int
  /// Bytes written to standard output, and as many to standard error.
  public var output: Int
  /// Seconds of processor time of all processes together; nil for no limit.
  public var cpuSeconds: Double?
  /// Seconds by the clock; nil for no limit.
  public var wallSeconds: Double?
  /// Seconds between the request to end (SIGTERM) and the end (SIGKILL) when time is up.
  public var grace: Double

  /// Makes a set of limits; those not given suit a small job.
  public init(
    memory: Int = 1 << 30, processes: Int = 512, fileSize: Int = 1 << 29, disk: Int = 1 << 29,
    output: Int = 16 << 20, cpuSeconds: Double? = nil, wallSeconds: Double? = nil,
    grace: Double = 5
  ) {
    self.memory = memory
    self.processes = processes
    self.fileSize = fileSize
    self.disk = disk
    self.output = output
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.grace = grace
  }
}

/// A file or folder that a command finds read-only beside its own files.
public struct Input: Equatable, Sendable {
  /// Its path in the working directory, relative.
  public var name: String
  /// Where it lies now.
  public var path: FilePath

  /// Names what lies at a path.
  public init(name: String, path: FilePath) {
    self.name = name
    self.path = path
  }
}

/// One command to run: what, with which files, within which limits.
public struct SandboxedCommand: Sendable {
  /// The program, a name looked up on PATH or a path below the working directory, and its arguments.
  public var arguments: [String]
  /// Variables added to the fixed environment.
  public var environment: [String: String]
  /// The folder whose content is copied into the working directory.
  public var files: FilePath
  /// What is bound read-only beside those files.
  public var inputs: [Input]
  /// Whether the network of the machine is there.
  public var network: Bool
  /// Whether the machine's GPUs are there.
  public var gpus: Bool
  /// How many processor cores it sees; nil for all that the caller has.
  public var cores: Int?
  /// What it may use.
  public var limits: Limits

  /// Makes a command without inputs, network or GPU.
  public init(arguments: [String], files: FilePath, limits: Limits = Limits()) {
    self.arguments = arguments
    self.environment = [:]
    self.files = files
    self.inputs = []
    self.network = false
    self.gpus = false
    self.cores = nil
    self.limits = limits
  }
}

/// What a run has used.
public struct Usage: Equatable, Sendable {
  /// Seconds of processor time.
  public var cpuSeconds: Double = 0
  /// Seconds by the clock.
  public var wallSeconds: Double = 0
  /// Bytes of memory now.
  public var memory: Int = 0
  /// The most bytes of memory so far.
  public var memoryPeak: Int = 0
  /// Processes and threads now.
  public var processes: Int = 0
}

/// What happens while a command runs.
public enum SandboxEvent: Sendable {
  /// The command begins, held to its limits in the named way: `cgroup-v1`, `cgroup-v2` or `rlimit`.
  case started(enforcement: String)
  /// Bytes of one stream and their offset in it.
  case output(OutputStream, offset: Int, bytes: [UInt8])
  /// What it has used so far, at least once a second.
  case sample(Usage)
  /// It ended.
  case exited(Outcome)
}

/// The two streams of a command.
public enum OutputStream: String, Sendable {
  case stdout, stderr
}

/// How a run ended.
public struct Outcome: Equatable, Sendable {
  /// The exit status, where the command ended by itself.
  public var exitStatus: Int?
  /// The signal that ended it.
  ///
  /// Inside bubblewrap a status of 128 + n is the only trace of signal n, and is read so.
  public var signal: Int?
  /// The limit that ended it.
  public var limit: Limit?
  /// Whether the caller ended it.
  public var isCancelled: Bool = false
  /// What it used.
  public var usage = Usage()
  /// Bytes written to standard output and kept.
  public var stdoutSize: Int = 0
  /// Bytes written to standard error and kept.
  public var stderrSize: Int = 0
  /// The streams to which more was written than the limit lets pass.
  public var cutStreams: Set<OutputStream> = []
}

/// Why a command could not be run, or its files not be taken.
public enum SandboxError: Error, Equatable, Sendable {
  /// A program that the sandbox needs is not on PATH.
  case programMissing(String)
  /// The sandbox could not be set up; in its own words.
  case setup(String)
  /// No program of this name is on PATH.
  case interpreterMissing(String)
  /// The program lies where the sandbox must not reach.
  case interpreterUnreachable(String, FilePath)
  /// The arguments, variables and inputs are more than a program can be started with.
  case tooManyWords
  /// A GPU is asked for where there is none.
  case noGPU
  /// A system call failed.
  case system(String, Errno)
  /// A name among the job's files that cannot be taken: what is wrong, and where.
  case badFile(String, FilePath)
  /// The files together hold more bytes than this.
  case filesTooLarge(Int)
}
