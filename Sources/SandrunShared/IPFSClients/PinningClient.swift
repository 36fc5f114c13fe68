public import Commands
public import HTTP
internal import IPFS
public import Records
public import Timing

/// A client of one pinning service, whatever it speaks; nothing that the service says is believed.
public struct PinningClient: Sendable {
  /// The service.
  public let service: PinningService
  let api: any PinningAPI
  let world: World

  /// A client; nothing is read or sent yet.
  public init(_ service: PinningService, _ options: HTTPOptions, in world: World) {
    self.service = service
    self.world = world
    let calls = PinningCalls(service, options, in: world)
    api =
      switch service.kind {
      case .pinningServiceAPI: PinningServiceAPI(calls: calls)
      case .pinata: PinataAPI(calls: calls)
      }
  }

  /// Asks to keep content, or to keep it in place of what another request is for.
  ///
  /// Where the service has such a request already, or where its answer was lost, the one that it has is the answer.
  public func add(
    _ request: PinRequest, replacing old: String? = nil,
    until deadline: ContinuousClock.Instant? = nil
  ) async throws(Failure) -> RemotePin {
    if let old { return try await replace(old, with: request, until: deadline) }
    let pin: RemotePin
    do throws(PinningError) { pin = try await api.add(request, until: deadline) } catch {
      guard error.mayBeThere, let found = await existing(request, error, until: deadline) else {
        throw error.failure(service)
      }
      world.detail("\(service.name) has a request for \(request.cid) already")
      return found
    }
    return try checked(pin, request)
  }

  /// What a service says that it was asked for, where it was.
  func checked(_ pin: RemotePin, _ request: PinRequest) throws(Failure) -> RemotePin {
    guard pin.cid.isSameContent(as: request.cid) else {
      throw Failure(
        .protocolViolation,
        "\(service.name) answers with a request for \(pin.cid), not for \(request.cid)",
        code: "other-cid")
    }
    return pin
  }

  /// The best of the requests that there are already: of the same name, as far as can be.
  private func existing(
    _ request: PinRequest, _ error: PinningError, until deadline: ContinuousClock.Instant?
  ) async -> RemotePin? {
    var found: [RemotePin] = []
    do throws(PinningError) {
      found = try await all(of: request.cid, until: deadline)
    } catch {
      return nil
    }
    // A lost answer is not to a request that failed long ago.
    if !error.isDuplicate {
      found = found.filter { $0.state != .failed && $0.name == request.name }
    }
    let ranks: [PinState] = [.failed, .queued, .pinning, .pinned]
    return found.max { left, right in
      let (leftName, rightName) = (left.name == request.name, right.name == request.name)
      guard leftName == rightName else { return rightName }
      return (ranks.firstIndex(of: left.state) ?? 0) < (ranks.firstIndex(of: right.state) ?? 0)
    }
  }

  /// How a request stands; 66 where the service knows none.
  public func find(
    _ requestID: String, until deadline: ContinuousClock.Instant? = nil
  ) async throws(Failure) -> RemotePin {
    do throws(PinningError) {
      guard let pin = try await api.find(requestID, until: deadline) else {
        throw .failed(unknown(requestID))
      }
      return pin
    } catch {
      throw error.failure(service)
    }
  }

  /// Gives every request that a filter takes, newest first, as they come.
  public func list(
    _ filter: PinFilter, until deadline: ContinuousClock.Instant? = nil,
    _ each: (RemotePin) async throws(Failure) -> Void
  ) async throws(Failure) {
    var rest = filter.cids[...]
    repeat {
      var part = filter
      part.cids = Array(rest.prefix(PinFilter.maximumCIDs))
      rest = rest.dropFirst(PinFilter.maximumCIDs)
      do { try await api.list(part, until: deadline, each) } catch { throw error.failure(service) }
    } while !rest.isEmpty
  }

  /// All requests for a CID.
  func all(
    of cid: CID, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> [RemotePin] {
    var found: [RemotePin] = []
    try await api.list(PinFilter(cid), until: deadline) { found.append($0) }
    return found
  }

  func unknown(_ requestID: String) -> Failure {
    Failure(
      .missingInput, "\(service.name) knows no request \(JSON.string(requestID).text)",
      code: "no-such-request")
  }

  // MARK: Waiting

  /// Follows a request until nothing more will come, or the time is up; how it stands then.
  ///
  /// A service that asks for more patience gets it.
  public func wait(
    for pin: RemotePin, until deadline: ContinuousClock.Instant? = nil,
    pauses: Backoff = Backoff(base: .seconds(1), limit: .seconds(30))
  ) async throws(Failure) -> RemotePin {
    var pauses = pauses
    var pin = pin
    while !pin.state.isFinal {
      var pause = pauses.next()
      if let deadline {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { return pin }
        pause = min(pause, left)
      }
      do { try await ContinuousClock().sleep(for: pause) } catch { throw .interrupted }
      do throws(PinningError) {
        guard let found = try await api.find(pin.requestID, until: deadline) else {
          throw .failed(unknown(pin.requestID))
        }
        guard found.cid.isSameContent(as: pin.cid) else {
          throw .nonsense("a request for \(found.cid) where it was one for \(pin.cid)")
        }
        if found.state != pin.state {
          world.detail("\(service.name): \(found.cid) is \(found.state.rawValue)")
        }
        pin = found
      } catch {
        if let deadline, .now >= deadline { return pin }
        guard let asked = error.patience else { throw error.failure(service) }
        let wait = deadline.map { min(asked, ContinuousClock.now.duration(to: $0)) } ?? asked
        do { try await ContinuousClock().sleep(for: wait) } catch { throw .interrupted }
      }
    }
    return pin
  }
}

extension PinningError {
  /// Whether the service has the request already.
  var isDuplicate: Bool {
    if case .answered(let answer) = self { answer.isDuplicate } else { false }
  }

  /// Whether what was asked for may be there in spite of the error.
  var mayBeThere: Bool {
    if case .nonsense = self { return false }
    return isDuplicate || mayHaveArrived
  }

  /// How long a service asks to be left alone; nil where it does not ask.
  var patience: Duration? {
    guard case .answered(let answer) = self, answer.status == 429 else { return nil }
    return answer.retryAfter ?? .seconds(30)
  }
}
