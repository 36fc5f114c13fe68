public import Ethereum
internal import NodeAPI
public import Records

extension Nodes {
  /// Tells what a job has written so far, or, following it, all that it writes until it is over; each byte once.
  public func logs(
    of input: Record, at node: Address? = nil, following: Bool,
    _ write: @escaping (LogStream, [UInt8]) async throws(Failure) -> Void
  ) async throws(Failure) {
    let reference = try one(of: try await submitted(input).references, at: node)
    if following {
      var count = 0
      _ = try await follow(reference, until: deadline, patience: Self.patience) {
        (stream, bytes) throws(Failure) in
        count += bytes.count
        try await write(stream, bytes)
      }
      let status = try await status(of: reference)
      // A node of another kind tells no length.
      guard status.specification == nil || status.logSize <= count else {
        throw Failure(
          .protocolViolation,
          "\(reference.endpoint) told \(count) bytes of a log of \(status.logSize)",
          code: "node-lies")
      }
      return
    }
    let status = try await status(of: reference)
    var rest = status.logSize
    guard rest > 0 else { return }
    do throws(Failure) {
      _ = try await follow(reference, until: deadline, patience: Self.patience) {
        (stream, bytes) throws(Failure) in
        try await write(stream, Array(bytes.prefix(rest)))
        rest -= min(rest, bytes.count)
        if rest == 0 { throw Self.enough }
      }
    } catch {
      guard error == Self.enough else { throw error }
    }
  }

  /// Ends the following where all that there was is told.
  private static let enough = Failure(.temporary, "all is told", code: "enough")

  /// When the time for one record is up; nil where it may take as long as it takes.
  var deadline: ContinuousClock.Instant? { timeout.map { ContinuousClock.now + $0 } }
}
