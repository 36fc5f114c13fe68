import Commands
import IPFS
import NodeEngine
import Records

extension Failure {
  /// What a node says where its engine cannot work.
  init(_ error: EngineError) {
    switch error {
    case .busy(let message):
      self.init(
        .temporary, message, code: "busy",
        hint: "one node has one folder; give another one its own XDG_STATE_HOME")
    case .badStore(let message):
      self.init(.configuration, message, hint: "move it away; a new one is made")
    case .damagedStore(let message):
      self.init(
        .io, message,
        hint: "save what can be saved with sqlite3's .recover, or move it away; a new one is made")
    case .unable(let failure), .refused(let failure): self = failure
    case .store(let message): self.init(.io, message)
    case .diskFull: self.init(.io, "the disk is full")
    case .draining: self.init(.temporary, "the node is about to stop")
    case .queueFull: self.init(.temporary, "too many jobs wait")
    case .keyReused: self.init(.data, "the idempotency key stands for another submission")
    case .badJob(let message): self.init(.data, message)
    case .staleSpecification(let cid):
      self.init(.data, "the job's specification is \(cid)", code: "stale-specification")
    case .missingContent(let cid): self.init(.missingInput, "\(cid) is not held here")
    case .hidden: self.init(.temporary, "a job in escrow has the same code or specification")
    case .inEscrow: self.init(.data, "the job is in escrow: its chain ends it")
    }
  }
}

extension World {
  /// Runs work of the engine's, and says what failed as a tool does.
  func engine<T>(_ body: () throws(EngineError) -> T) throws(Failure) -> T {
    do { return try body() } catch { throw Failure(error) }
  }
}
