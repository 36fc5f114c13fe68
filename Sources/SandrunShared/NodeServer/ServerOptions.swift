public import IPFS
public import Marketplace
public import NodeEngine
public import Records
public import SystemPackage

/// Where a node listens, and what bounds those who call.
public struct ServerOptions: Sendable {
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port to listen on; 0 for any that is free.
  public var port = 8443
  /// Names besides addresses and `localhost` that requests may call the node by, where it listens on loopback.
  public var hostNames: [String] = []
  /// How many connections may be open at once; one more is answered 503.
  public var maxConnections = 512
  /// How many bytes the fields of a request's head may have.
  public var maxHead = 32 << 10
  /// How soon a new connection must have sent the head of a request.
  public var headerTimeout = Duration.seconds(10)
  /// How long a connection may rest between requests, a reader may not read, or a WebSocket may be silent.
  public var idleTimeout = Duration.seconds(60)
  /// How many bytes of a body must come in a second, over ten seconds.
  public var minRate = 1024
  /// How many bytes one upload may have, and how many its archives may hold.
  public var maxUpload = 16 << 30
  /// How many files one upload may have, and how many its archives may hold.
  public var maxFiles = 100_000
  /// How long answers may take to end once the server stops.
  public var stopTimeout = Duration.seconds(10)
  /// Where uploads lie until they are content or are refused; it is emptied at the start.
  public var uploads: FilePath
  /// The program that unpacks archives: `sr-node unpack`.
  public var unpacker: WorkerProgram
  /// The program that tells what jobs find here: `sr-node describe`.
  public var describer: WorkerProgram
  /// The version that `/` tells.
  public var version: String
  /// The machine, as `/stats` shows it.
  public var machine = JSONObject()
  /// The nodes that registered here; nil where this node is no registry.
  public var pool: NodePool?
  /// The descriptor that this node has signed, by its CID: served as content, though no job brought it.
  public var descriptor: @Sendable (CID) -> [UInt8]? = { _ in nil }
  /// What the node takes for its time; nil where it tells no price.
  public var price: @Sendable () async -> NodePrice? = { nil }
  /// Judges a job by the chain before it is accepted, in escrow or not; nil where the node takes none in escrow.
  public var escrows: (@Sendable (Submission) async throws(EscrowRefusal) -> Void)?
  /// Takes a sentence that the node's owner should read.
  public var note: @Sendable (String) -> Void = { _ in }

  /// Makes options; those not given suit a small node.
  public init(uploads: FilePath, unpacker: WorkerProgram, describer: WorkerProgram, version: String)
  {
    self.uploads = uploads
    self.unpacker = unpacker
    self.describer = describer
    self.version = version
  }
}

/// Why a job is not accepted, by what the chain says.
public enum EscrowRefusal: Error, Equatable, Sendable {
  /// The chain says something else, or the job is none for this node: what is wrong.
  case refused(String)
  /// The chain cannot be asked now: why.
  case unavailable(String)
  /// Its result may not be seen yet: why.
  case hidden(String)
}
