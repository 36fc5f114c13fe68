public import Ethereum
public import Hashing
public import IPFS

/// What a node states about a run: an in-toto Statement (version 1) that binds what went in to what came out.
public struct Statement: Equatable, Sendable {
  /// The statement's own type.
  static let type = "https://in-toto.io/Statement/v1"
  /// The type of its predicate, the run.
  static let predicateType = "urn:sandrun:run:1"

  /// The job's canonical specification.
  public var specification: CID
  /// The code that ran.
  public var code: CID
  /// The folder of outputs; nil where the run left none.
  public var outputs: CID?
  /// The Merkle root over the trace's frames in the proof file.
  public var traceRoot: Digest32
  /// The number of those frames.
  public var leaves: Int
  /// How the job ended.
  public var exit: RunExit
  /// What it used.
  public var usage: TraceUsage
  /// The node that ran it and signs this.
  public var node: Address
  /// The hash that nodes must agree on; nil for a run that a limit or a signal ended.
  public var resultHash: Digest32?
  /// The job's place on a chain; nil where nothing is in escrow.
  public var escrow: EscrowedJob?

  /// Makes a statement.
  public init(
    specification: CID, code: CID, outputs: CID?, traceRoot: Digest32, leaves: Int, exit: RunExit,
    usage: TraceUsage, node: Address, resultHash: Digest32?, escrow: EscrowedJob?
  ) {
    self.specification = specification
    self.code = code
    self.outputs = outputs
    self.traceRoot = traceRoot
    self.leaves = leaves
    self.exit = exit
    self.usage = usage
    self.node = node
    self.resultHash = resultHash
    self.escrow = escrow
  }
}

/// How a run ended, as the record's `result` tells it.
public struct RunExit: Equatable, Sendable {
  /// `completed`, `failed` or `cancelled`.
  public var status: String
  /// Why it did not end by itself; nil where it did.
  public var reason: String?
  /// The exit status; nil where a signal ended it.
  public var exitCode: Int?
  /// The signal that ended it; nil where it exited.
  public var signal: Int?

  /// Makes an exit.
  public init(status: String, reason: String?, exitCode: Int?, signal: Int?) {
    self.status = status
    self.reason = reason
    self.exitCode = exitCode
    self.signal = signal
  }

  /// What a trace tells of it.
  public init(_ exit: TraceExit) {
    self.init(
      status: exit.status, reason: exit.reason, exitCode: exit.exitCode, signal: exit.signal)
  }

  /// The exit status that a result hash is made of; nil where a limit, a signal or a cancellation ended the run.
  public var hashedStatus: UInt8? {
    guard reason == nil, signal == nil, status != "cancelled" else { return nil }
    return exitCode.flatMap(UInt8.init(exactly:))
  }
}

/// Where a job is in escrow.
public struct EscrowedJob: Equatable, Sendable {
  /// The chain's id.
  public var chainID: UInt64
  /// The contract that holds the payment.
  public var contract: Address
  /// The job's id in that contract.
  public var jobID: Digest32

  /// Makes a place.
  public init(chainID: UInt64, contract: Address, jobID: Digest32) {
    self.chainID = chainID
    self.contract = contract
    self.jobID = jobID
  }
}
