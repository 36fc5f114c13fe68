internal import Records

/// What each kind of service can be asked.
protocol PinningAPI: Sendable {
  /// Asks to keep content.
  func add(
    _ request: PinRequest, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin
  /// Asks to keep content in place of what another request is for.
  func replace(
    _ requestID: String, with request: PinRequest, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin
  /// How a request stands; nil where the service knows none.
  func find(
    _ requestID: String, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin?
  /// Gives every request that a filter takes, newest first; at most `PinFilter.maximumCIDs` CIDs.
  func list(
    _ filter: PinFilter, until deadline: ContinuousClock.Instant?,
    _ each: (RemotePin) async throws(Failure) -> Void
  ) async throws(PinningError)
  /// Takes a request back; false where the service knows none.
  func remove(
    _ requestID: String, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> Bool
}

extension PinningError {
  /// A list that is longer than any list is.
  static func endless(_ filter: PinFilter) -> PinningError {
    .nonsense("more than \(filter.mostRequests) requests")
  }

  /// Whether the service says that there is no such thing.
  var isNotFound: Bool {
    if case .answered(let answer) = self { answer.status == 404 } else { false }
  }
}
