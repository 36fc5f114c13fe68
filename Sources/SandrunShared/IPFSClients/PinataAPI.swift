internal import Commands
internal import HTTP
internal import HTTPTypes
internal import IPFS
internal import Records

/// Pinata's own API: it knows one pin a CID, whose name for us is the CID itself.
struct PinataAPI: PinningAPI {
  let calls: PinningCalls

  func url(_ names: String...) -> HTTPURL { calls.service.url.appending(segments: names) }

  func add(
    _ request: PinRequest, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin {
    var metadata = JSONObject()
    if let name = request.name { metadata["name"] = .string(name) }
    if !request.meta.members.isEmpty { metadata["keyvalues"] = .object(request.meta) }
    var body: JSONObject = ["hashToPin": .string("\(request.cid)")]
    if !metadata.members.isEmpty { body["pinataMetadata"] = .object(metadata) }
    if !request.origins.isEmpty {
      body["pinataOptions"] = ["hostNodes": .array(request.origins.map { .string($0) })]
    }
    let answer = try await calls.json(
      .post, url("pinning", "pinByHash"), .object(body), until: deadline)
    guard let cid = answer["ipfsHash"]?.string.flatMap({ try? CID(parsing: $0) }),
      let now = PinTime(calls.world.now().description)
    else { throw .nonsense("a job without a good \"ipfsHash\"") }
    let (state, info) = try Self.state(answer["status"]?.string ?? "prechecking")
    var pin = RemotePin(requestID: "\(cid)", state: state, created: now, cid: cid)
    pin.name = answer["name"]?.string ?? request.name
    (pin.origins, pin.meta, pin.info) = (request.origins, request.meta, info)
    return pin
  }

  func replace(
    _ requestID: String, with request: PinRequest, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin {
    throw .failed(
      Failure(
        .usage, "\(calls.service.name) cannot replace a pin by another in one step",
        hint: "add the one, then remove the other; or use Pinata's Pinning Service API: pinata-psa")
    )
  }

  func find(
    _ requestID: String, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin? {
    let cid: CID
    do { cid = try CID(parsing: requestID) } catch { return nil }
    // A job that is done is a pin, and no job any more: between two looks it may be neither.
    if let pin = try await newest(cid, .pinned, until: deadline) { return pin }
    if let job = try await newest(cid, .queued, .pinning, .failed, until: deadline) { return job }
    return try await newest(cid, .pinned, until: deadline)
  }

  private func newest(
    _ cid: CID, _ states: PinState..., until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> RemotePin? {
    var filter = PinFilter(cid)
    filter.states = Set(states)
    var found: RemotePin?
    try await list(filter, until: deadline) { pin in
      if found.map({ $0.created < pin.created }) ?? true { found = pin }
    }
    return found
  }

  func remove(
    _ requestID: String, until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> Bool {
    do throws(PinningError) {
      _ = try await calls.ask(.delete, url("pinning", "unpin", requestID), until: deadline)
      return true
    } catch {
      guard case .answered(let answer) = error,
        answer.status == 404 || answer.reason.uppercased().contains("NOT_PINNED")
      else { throw error }
    }
    if let job = try await find(requestID, until: deadline), !job.state.isFinal {
      throw .failed(
        Failure(
          .temporary,
          "\(calls.service.name) is still looking for \(job.cid), and cannot be stopped",
          hint: "remove it once it is pinned"))
    }
    return false
  }

  // MARK: What a job's state means

  /// The state that a job's own stands for, and Pinata's word for it.
  static func state(_ word: String) throws(PinningError) -> (PinState, JSONObject) {
    let state: PinState =
      switch word {
      case "prechecking", "backfilled": .queued
      case "searching", "retrieving": .pinning
      case "expired", "over_free_limit", "over_max_size", "invalid_object", "bad_host_node": .failed
      case "pinned": .pinned
      default: throw .nonsense("the unknown state \(JSON.string(word).text) of a job")
      }
    return (state, state == .pinned ? JSONObject() : ["status_details": .string(word)])
  }
}
