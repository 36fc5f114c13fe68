import Commands
import IPFS
import IPFSClients
import Records

/// The member `pins` of a record: what pinning services say of its content, one object a request.
struct RemotePins {
  /// One element, and what of it is needed to ask after it.
  struct Element {
    var json: JSON
    var remote: String
    var requestID: String
    var cid: CID?
    var state: PinState?
  }

  private(set) var elements: [Element] = []

  /// Reads the member, where there is one; 65 for what is none of ours.
  init(of record: Record) throws(Failure) {
    guard let member = try record["pins"] else { return }
    guard let values = member.elements else {
      throw Failure(.data, "\"pins\" is \(member.kind), not an array")
    }
    for value in values {
      guard let remote = value["remote"]?.string, let id = value["requestid"]?.string,
        RemotePin.isID(id)
      else {
        throw Failure(.data, "an element of \"pins\" has no \"remote\" and \"requestid\"")
      }
      elements.append(
        Element(
          json: value, remote: remote, requestID: id,
          cid: value["cid"]?.string.flatMap { try? CID(parsing: $0) },
          state: value["status"]?.string.flatMap(PinState.init(rawValue:))))
    }
  }

  /// Puts in what a service says, in the place of what it said before.
  mutating func set(_ pin: RemotePin, of remote: String) {
    let element = Element(
      json: pin.member(of: remote), remote: remote, requestID: pin.requestID, cid: pin.cid,
      state: pin.state)
    let place = elements.firstIndex { $0.remote == remote && $0.requestID == pin.requestID }
    if let place { elements[place] = element } else { elements.append(element) }
  }

  /// Takes out requests that are no more.
  mutating func remove(_ requestID: String, of remote: String) {
    elements.removeAll { $0.remote == remote && $0.requestID == requestID }
  }

  /// The record with this member; without it where there is nothing in it.
  func put(into record: Record) -> Record {
    elements.isEmpty
      ? record.removing("pins") : record.setting("pins", to: .array(elements.map(\.json)))
  }
}

extension RemotePin {
  /// Throws where a service gave up: it ran, and the answer is no.
  func checkNotFailed(at remote: String) throws(Failure) {
    guard state == .failed else { return }
    let details = details.map { ": \($0)" } ?? ""
    throw Failure(.answerNo, "\(remote) could not pin \(cid)\(details)", code: "pin-failed")
  }
}

/// What went wrong with some of several services, while the others are not kept from their work.
struct RemoteFailures {
  private var failures: [Failure] = []

  /// Does a step for one service, and remembers why it failed.
  mutating func attempt(_ step: () async throws(Failure) -> Void) async {
    do { try await step() } catch { failures.append(error) }
  }

  /// Throws what is remembered: one failure that names all.
  func check() throws(Failure) {
    guard var first = failures.first else { return }
    guard failures.count > 1 else { throw first }
    first = Failure(
      first.status, failures.map(\.message).joined(separator: "; "), code: first.code,
      hint: first.hint, isRetryable: failures.contains(where: \.isRetryable))
    throw first
  }
}
