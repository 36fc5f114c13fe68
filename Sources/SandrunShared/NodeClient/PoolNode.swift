public import Ethereum
public import Marketplace
public import Records
public import WideInteger

/// A node that one may choose to run a job: who it is, where, and what it says of itself.
public struct PoolNode: Equatable, Sendable {
  /// Who signs its results.
  public var address: Address
  /// Where it is reached.
  public var endpoint: Endpoint
  /// What it has and asks for; nil where it does not say.
  public var descriptor: NodeDescriptor?

  /// Makes a node.
  public init(address: Address, endpoint: Endpoint, descriptor: NodeDescriptor?) {
    self.address = address
    self.endpoint = endpoint
    self.descriptor = descriptor
  }

  /// Reads the member `node` of a record, as `sr-node discover` writes it; throws naming what is wrong.
  ///
  /// What the node says of itself is its `descriptor`, or stands beside its address.
  public init(_ node: JSONObject) throws(Failure) {
    guard let address = node["address"]?.string.flatMap({ Address($0) }) else {
      throw Failure(.data, "malformed \"node\": no valid \"address\"")
    }
    guard let endpoint = node["endpoint"]?.string.flatMap({ Endpoint($0) }) else {
      throw Failure(.data, "malformed \"node\": no valid \"endpoint\"")
    }
    self.address = address
    self.endpoint = endpoint
    guard let object = node["descriptor"]?.object ?? (node["version"] == nil ? nil : node) else {
      return
    }
    do throws(DescriptorError) { descriptor = try NodeDescriptor(object) } catch {
      throw Failure(.data, "malformed \"node\": \(error)")
    }
    guard descriptor?.address == address else {
      throw Failure(.data, "malformed \"node\": its descriptor is of another address")
    }
  }

  /// Why the node cannot run a job, by what it says itself; nil where nothing speaks against it.
  public func obstacle(to job: Job) -> String? {
    guard let descriptor else { return nil }
    if descriptor.cpu.memory < job.memory {
      return "it has \(descriptor.cpu.memory) bytes of memory, and the job may use \(job.memory)"
    }
    // A path is a matter of the machine, which tells none.
    if let program = job.interpreter, !program.hasPrefix("/"),
      !descriptor.interpreters.contains(where: { $0.name == program })
    {
      return "it has no \(program)"
    }
    guard let wanted = job.gpu, !descriptor.offers(wanted) else { return nil }
    return "it has no GPU such as \(wanted)"
  }

  /// The most that a job costs there, in wei, or at another price; nil where no price is known.
  public func cost(of job: Job, at price: NodePrice? = nil) -> UInt256? {
    (price ?? descriptor?.price)?.cost(gpus: job.gpu?.count ?? 0, seconds: job.timeout)
  }
}
