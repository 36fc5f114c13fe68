internal import HTTP
internal import HTTPTypes
internal import IPFS
internal import Records

/// The IPFS Pinning Service API 1.0.0.
struct PinningServiceAPI: PinningAPI {
  /// The most requests a page that the API lets one ask for.
  private static let pageSize = 1000

  let calls: PinningCalls

  private var pins: HTTPURL { calls.service.url.appending("pins") }

  func add(
    _ request: PinRequest, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin {
    try read(await calls.json(.post, pins, request.json, until: deadline))
  }

  func replace(
    _ requestID: String, with request: PinRequest, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin {
    let url = pins.appending(requestID)
    return try read(await calls.json(.post, url, request.json, until: deadline))
  }

  func find(
    _ requestID: String, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin? {
    let answer: JSON
    do throws(PinningError) {
      answer = try await calls.json(.get, pins.appending(requestID), until: deadline)
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
    let pin = try read(answer)
    guard pin.requestID == requestID else {
      throw .nonsense(
        "the request \(JSON.string(pin.requestID).text) for another that was asked for")
    }
    return pin
  }

  func list(
    _ filter: PinFilter, until deadline: ContinuousClock.Instant?,
    _ each: (RemotePin) async throws(Failure) -> Void
  ) async throws(PinningError) {
    var pages = PinPages()
    var count = 0
    while !pages.isAtEnd {
      let url = pins.asking(query(filter, before: pages.before))
      let answer = try await calls.json(.get, url, until: deadline)
      let fresh: [RemotePin]
      do throws(PinAnswerError) {
        fresh = try pages.take(try Self.page(answer))
      } catch {
        throw .nonsense(error.description)
      }
      count += fresh.count
      guard count <= filter.mostRequests else { throw .endless(filter) }
      for pin in fresh {
        guard filter.isAbout(pin) else {
          throw .nonsense("a request for \(pin.cid), which was not asked for")
        }
        guard filter.takes(pin) else { continue }
        do { try await each(pin) } catch { throw .failed(error) }
      }
    }
  }

  func remove(
    _ requestID: String, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> Bool {
    do throws(PinningError) {
      _ = try await calls.ask(.delete, pins.appending(requestID), until: deadline)
      return true
    } catch {
      guard error.isNotFound else { throw error }
      return false
    }
  }

  // MARK: Questions and answers

  private func query(_ filter: PinFilter, before: PinTime?) -> [(name: String, value: String)] {
    let states = PinState.allCases.filter { filter.states.isEmpty || filter.states.contains($0) }
    var items = [
      (name: "limit", value: "\(Self.pageSize)"),
      // Without it a service tells of what is pinned, and of nothing else.
      (name: "status", value: states.map(\.rawValue).joined(separator: ",")),
    ]
    if let before { items.append((name: "before", value: before.description)) }
    if !filter.cids.isEmpty {
      items.append((name: "cid", value: filter.forms.map(\.description).joined(separator: ",")))
    }
    if let name = filter.name {
      items.append((name: "name", value: name))
      items.append((name: "match", value: filter.match.rawValue))
    }
    if !filter.meta.members.isEmpty {
      items.append((name: "meta", value: JSON.object(filter.meta).text))
    }
    return items
  }

  private func read(_ answer: JSON) throws(PinningError) -> RemotePin {
    do { return try RemotePin(answer) } catch { throw .nonsense(error.description) }
  }

  private static func page(_ answer: JSON) throws(PinAnswerError) -> PinPages.Page {
    guard let results = answer["results"]?.elements else {
      throw PinAnswerError("no \"results\" where a list was asked for")
    }
    var pins: [RemotePin] = []
    for result in results { pins.append(try RemotePin(result)) }
    return PinPages.Page(count: answer["count"]?.integer, pins: pins)
  }
}
