internal import Commands
internal import Ethereum
internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
internal import NodeClient
internal import Records

/// Those who claimed a job, and where they are, as far as is known.
struct Claimants {
  /// In the order of their claims.
  var nodes: [(address: Address, endpoint: Endpoint?)]
  /// The job's name on each.
  var id: JobID
  /// What the record said of them.
  var before: [Address: JSONObject]

  /// What can be asked.
  var references: [JobReference] {
    nodes.compactMap { node in
      node.endpoint.map { JobReference(endpoint: $0, id: id, address: node.address) }
    }
  }

  /// Where content is asked for: of some before the others.
  func endpoints(first: Set<Address>) -> [Endpoint] {
    let chosen = nodes.filter { first.contains($0.address) }
    let others = nodes.filter { !first.contains($0.address) }
    return (chosen + others).compactMap(\.endpoint)
  }

  /// The elements of `run.nodes`: those who claimed, and nobody else.
  func elements(_ heard: [HeardNode]) -> [JSONObject] {
    nodes.map { node in
      var element = before[node.address] ?? [:]
      element["address"] = .string("\(node.address)")
      element["endpoint"] = node.endpoint.map { .string("\($0)") } ?? .null
      element["id"] = .string("\(id)")
      if let heard = heard.first(where: { $0.reference.address == node.address }) {
        element["status"] = .string(heard.status.state.rawValue)
      }
      return element
    }
  }
}

/// What a node that claimed a job says of it, where it does not contradict the chain.
struct HeardNode: Sendable {
  let reference: JobReference
  let status: JobStatus
  let job: FinishedJob
  let opening: JobOpening
}

extension EscrowedJobs {
  /// Those who claimed the job, in both rounds.
  func listed(
    _ job: MarketJob, on market: Market, beside record: Record
  ) async throws(Failure) -> Claimants {
    var addresses: [Address] = []
    for entry in job.rounds.flatMap(\.entries) where !addresses.contains(entry.node) {
      addresses.append(entry.node)
    }
    guard let id = JobID("\(job.jobId)".dropFirst(2).prefix(32)) else {
      preconditionFailure("32 hex digits are a job's id")
    }
    var endpoints: [Address: Endpoint] = [:]
    var before: [Address: JSONObject] = [:]
    for element in try record.object("run")?["nodes"]?.elements ?? [] {
      guard let address = element["address"]?.string.flatMap({ Address($0) }) else { continue }
      before[address] = element.object
      endpoints[address] = element["endpoint"]?.string.flatMap { Endpoint($0) }
    }
    for node in try await directory(market).listing(.operators(addresses)).nodes {
      // What a node told the chain last goes before what was once written down.
      if let endpoint = Endpoint(node.endpoint) { endpoints[node.address] = endpoint }
    }
    return Claimants(nodes: addresses.map { ($0, endpoints[$0]) }, id: id, before: before)
  }

  /// Asks all who claimed what became of the job; whoever contradicts the chain is named, and set aside.
  func heard(
    _ job: MarketJob, _ claimants: Claimants, submittedAs record: Record
  ) async -> [HeardNode] {
    let references = claimants.references
    let answers = await nodes.bounded(references) { [nodes] reference throws(Failure) in
      let status = try await nodes.status(of: reference)
      guard status.state.isFinal else {
        throw Failure(.temporary, "\(reference.endpoint) has the job \(status.state.rawValue)")
      }
      return (status, try FinishedJob(status, of: reference, submittedAs: record))
    }
    var heard: [HeardNode] = []
    for (reference, answer) in zip(references, answers) {
      guard let address = reference.address, let opening = job.entry(of: address)?.opening
      else { continue }
      let found: (status: JobStatus, job: FinishedJob)
      do throws(Failure) { found = try answer.get() } catch {
        if case .result = opening { world.note(error.message) } else { world.detail(error.message) }
        continue
      }
      if let lie = Self.contradiction(found.job, opening) {
        world.note("\(address) is set aside: \(lie)")
        continue
      }
      heard.append(
        HeardNode(
          reference: reference, status: found.status, job: found.job, opening: opening))
    }
    return heard
  }

  /// In what a node's own word differs from what it opened on the chain; nil where it does not.
  static func contradiction(_ job: FinishedJob, _ opening: JobOpening) -> String? {
    switch opening {
    case .none: return nil
    case .couldNotRun:
      return job.resultHash.map { "it tells the result \($0), and opened that it could not run" }
    case .result(let hash):
      guard job.resultHash != hash else { return nil }
      let told = job.resultHash.map { "the result \($0)" } ?? "no result"
      return "it tells \(told), and opened \(hash)"
    }
  }
}
