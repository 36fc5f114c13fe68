internal import HTTPTypes
internal import NodeEngine
internal import Records

/// An answer that is no: its status, what is wrong, and when to try again.
struct RequestError: Error, Equatable {
  var status: HTTPResponse.Status
  /// What is wrong, for people; it names nothing of the node's inside.
  var message: String
  /// More words where there are some.
  var details: String?
  /// In so many seconds it may work.
  var retryAfter: Int?
  /// The methods that the path takes, with 405.
  var allowed: [HTTPRequest.Method] = []

  init(
    _ status: HTTPResponse.Status, _ message: String, details: String? = nil,
    retryAfter: Int? = nil
  ) {
    self.status = status
    self.message = message
    self.details = details
    self.retryAfter = retryAfter
  }

  /// The body: `{"error","details","retry_after"}`.
  var body: [UInt8] {
    let object: JSON = [
      "error": .string(message), "details": details.map { .string($0) } ?? .null,
      "retry_after": retryAfter.map { .integer($0) } ?? .null,
    ]
    return object.bytes + [UInt8(ascii: "\n")]
  }

  static let notFound = RequestError(.notFound, "there is nothing of this name")
  static let noJob = RequestError(.notFound, "there is no such job")
  static let draining = RequestError(
    .serviceUnavailable, "the node is about to stop", retryAfter: 30)
  static let diskFull = RequestError(
    .serviceUnavailable, "the node's disk is full", retryAfter: 60)
  /// A run would show what nobody is to see yet: of what.
  static func hidden(_ details: String) -> RequestError {
    RequestError(
      .serviceUnavailable, "the result of this job may not be seen yet", details: details,
      retryAfter: 60)
  }
  static let inside = RequestError(.internalServerError, "something went wrong inside the node")
}

extension RequestError {
  /// What a client is told where the engine says no.
  init(_ error: EngineError) {
    switch error {
    case .queueFull(let seconds):
      self.init(.serviceUnavailable, "the node's queue is full", retryAfter: seconds)
    case .diskFull: self = .diskFull
    case .draining: self = .draining
    case .refused(let failure), .unable(let failure):
      // A job that fits no node like this one is the submitter's to change; a sandbox that does not work is not.
      if case .unable = error {
        self.init(.serviceUnavailable, "the node cannot run jobs now", retryAfter: 60)
      } else {
        self.init(.badRequest, "the node cannot run the job", details: failure.message)
      }
    case .keyReused:
      self.init(.conflict, "the idempotency key stands for another submission")
    case .hidden: self = .hidden("the node has a job in escrow of the same code or specification")
    case .inEscrow:
      self.init(.forbidden, "the job is in escrow: its chain ends it, and no client does")
    case .badJob(let reason): self.init(.badRequest, "the job is refused", details: reason)
    case .staleSpecification(let cid):
      self.init(.badRequest, "the job is not the one of its specification", details: "\(cid)")
    case .missingContent(let cid):
      self.init(.conflict, "the node does not hold the block \(cid)", details: "\(cid)")
    case .busy, .badStore, .damagedStore, .store: self = .inside
    }
  }
}
