public import Marketplace
internal import Records

/// What a machine can run.
public struct NodeOffer: Sendable {
  /// Its memory, in bytes.
  public var memory: Int
  /// Its GPUs, as an inventory has them.
  public var gpus: [NodeDescriptor.GPU]
  /// How many GPUs the machine has now, whatever the inventory says; nil where nobody looked.
  public var presentGPUs: Int?
  /// Says why a program cannot run jobs here; nil where it can.
  public var obstacle: @Sendable (_ interpreter: String) -> String?

  /// Makes an offer from its parts.
  public init(
    memory: Int, gpus: [NodeDescriptor.GPU] = [], presentGPUs: Int? = nil,
    obstacle: @escaping @Sendable (_ interpreter: String) -> String?
  ) {
    self.memory = memory
    self.gpus = gpus
    self.presentGPUs = presentGPUs
    self.obstacle = obstacle
  }

  /// Throws for the first thing that a job asks for and the machine has not.
  public func check(_ job: Job) throws(JobRefusal) {
    func refusal(_ reason: String) -> JobRefusal { JobRefusal(.requirements, reason) }
    guard job.memory <= memory else {
      throw refusal(
        "it may use \(ByteSize.shown(job.memory)), and this machine has \(ByteSize.shown(memory))")
    }
    if let wanted = job.gpu {
      let fitting = gpus.filter { $0.fits(wanted) }.reduce(0) { $0 + $1.count }
      guard fitting >= wanted.count else {
        let known = gpus.isEmpty ? "no GPU of this machine is known" : "\(fitting) here are such"
        throw refusal("it asks for GPUs (\(wanted)), and \(known)")
      }
      if let presentGPUs, presentGPUs < wanted.count {
        throw refusal("it asks for GPUs (\(wanted)), and \(presentGPUs) are in this machine now")
      }
    }
    guard let interpreter = job.interpreter, let reason = obstacle(interpreter) else { return }
    throw refusal(reason)
  }
}
