internal import Commands
public import IPFS
public import Records

extension PinningClient {
  /// Takes a request back; false where the service knows none: it is gone already.
  ///
  /// Where the request is said to be for a CID, nothing is removed unless the service says the same (65).
  public func remove(
    _ requestID: String, of cid: CID? = nil, until deadline: ContinuousClock.Instant? = nil
  ) async throws(Failure) -> Bool {
    do throws(PinningError) {
      if let cid {
        guard let pin = try await api.find(requestID, until: deadline) else { return false }
        guard pin.cid.isSameContent(as: cid) else {
          throw .failed(
            Failure(
              .data,
              "the request \(JSON.string(requestID).text) at \(service.name) is for \(pin.cid), not for \(cid): it stays",
              code: "other-cid"))
        }
      }
      return try await api.remove(requestID, until: deadline)
    } catch {
      throw error.failure(service)
    }
  }

  /// Asks to keep content in the place of what another request is for.
  ///
  /// Where the answer was lost the service is looked at: what was asked for is done where the old request is gone and
  /// there is one for the content.
  func replace(
    _ old: String, with request: PinRequest, until deadline: ContinuousClock.Instant?
  ) async throws(Failure) -> RemotePin {
    let pin: RemotePin
    do throws(PinningError) {
      pin = try await api.replace(old, with: request, until: deadline)
    } catch {
      if error.isNotFound { throw unknown(old) }
      if error.isDuplicate || !error.mayHaveArrived { throw error.failure(service) }
      return try await replacement(of: old, by: request, error, until: deadline)
    }
    return try checked(pin, request)
  }

  private func replacement(
    of old: String, by request: PinRequest, _ error: PinningError,
    until deadline: ContinuousClock.Instant?
  ) async throws(Failure) -> RemotePin {
    let isThere: Bool
    let new: RemotePin?
    do throws(PinningError) {
      isThere = try await api.find(old, until: deadline) != nil
      new = try await all(of: request.cid, until: deadline)
        .filter { $0.requestID != old && $0.name == request.name }
        .max { $0.created < $1.created }
    } catch _ {
      throw error.failure(service)
    }
    let lost =
      "\(service.name) was to replace the request \(JSON.string(old).text), and its answer is lost"
    switch (isThere, new) {
    case (false, let new?):
      world.detail("\(lost); it is done")
      return new
    case (true, nil):
      var failure = error.failure(service)
      failure.isRetryable = true
      throw failure
    case (true, _?):
      throw Failure(
        .protocolViolation, "\(lost): it has it still, and another for \(request.cid)",
        code: "replace-unsure",
        hint:
          "look: sr-ipfs pin list --remote \(service.name) \(request.cid); what is not to stay goes by sr-ipfs pin rm"
      )
    case (false, nil):
      throw Failure(
        .protocolViolation, "\(lost): it has it no more, and none for \(request.cid)",
        code: "replace-unsure",
        hint: "ask anew: sr-ipfs pin add --remote \(service.name) \(request.cid)")
    }
  }
}
