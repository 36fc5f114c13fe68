internal import Commands
internal import Dispatch
internal import EthereumRPC
internal import Files
internal import Hashing
public import IPFS
internal import Marketplace
internal import MarketplaceClient
public import NodeClient
public import Records
internal import SystemPackage
internal import WideInteger

extension JobMatcher {
  /// A specification that was held against its digest.
  struct CheckedSpecification: Sendable {
    var job: Job
    var object: JSONObject
    var cid: CID
  }

  /// Judges a job that is in no escrow: its payment is what it promises, and its code is named by the record.
  public func match(
    _ member: JSONObject, code: CID, into store: ContentStore
  ) async throws(Failure) -> Result<MatchedJob, JobRefusal> {
    do throws(MatchEnd) {
      let found = try MatchEnd.check { () throws(JobRefusal) in try Self.checked(member) }
      try MatchEnd.check { () throws(JobRefusal) in
        try policy.check(promise: found.job)
        try offer.check(found.job)
      }
      try await bring(found.job, code: code, into: store, until: .seconds(3600))
      return .success(
        MatchedJob(
          job: found.job, specification: found.object, specificationCID: found.cid, code: code,
          escrow: nil, state: nil))
    } catch {
      switch error {
      case .refused(let refusal): return .failure(refusal)
      case .failed(let failure): throw failure
      }
    }
  }

  private static func checked(_ member: JSONObject) throws(JobRefusal) -> CheckedSpecification {
    var object = member
    object["source"] = nil
    let job: Job
    let canonical: Specification
    do throws(JobError) { job = try Job(object) } catch {
      throw JobRefusal(.specification, "\(error)")
    }
    do throws(CanonicalError) { canonical = try Specification(of: object) } catch {
      throw JobRefusal(.specification, "malformed 'job': \(error)")
    }
    return CheckedSpecification(
      job: job, object: object, cid: CID(canonical.digest, codec: .raw))
  }

  // MARK: The specification

  /// Brings the specification that was posted, and holds it against itself and the chain.
  func specification(
    _ post: Post, of state: MarketJob, into store: ContentStore
  ) async throws(MatchEnd) -> CheckedSpecification {
    let cid = CID(post.specification, codec: .raw)
    try await bring([cid], "specification", into: store, until: policy.patience)
    let bytes = try await MatchEnd.attempt { () throws(Failure) in
      do throws(RepositoryError) { return try store.source.block(cid) } catch {
        throw Failure(error)
      }
    }
    return try MatchEnd.check { () throws(JobRefusal) in
      let found = try Self.checked(bytes)
      try self.check(found, against: state)
      return found
    }
  }

  private static func checked(_ bytes: [UInt8]) throws(JobRefusal) -> CheckedSpecification {
    guard bytes.count <= 1 << 20 else {
      throw JobRefusal(
        .specification, "its specification is \(ByteSize.shown(bytes.count)), more than 1 MiB")
    }
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes) } catch {
      throw JobRefusal(.specification, "its specification is no JSON: \(error)")
    }
    guard let object = json.object else {
      throw JobRefusal(.specification, "its specification is \(json.kind), not an object")
    }
    guard object["source"] == nil else {
      throw JobRefusal(.specification, "its specification names a place on a machine: job.source")
    }
    let found = try checked(object)
    // Written in another way it would have another digest, and the record's own would be another job's.
    guard found.cid == CID(hashing: bytes, codec: .raw) else {
      throw JobRefusal(.specification, "its specification is not in its canonical form")
    }
    return found
  }

  private func check(
    _ found: CheckedSpecification, against state: MarketJob
  ) throws(JobRefusal) {
    guard let digest = found.cid.sha256,
      let key = try? JobKey(
        chainId: market.chain.chainId, marketplace: market.jobMarketplace,
        submitter: state.submitter, id: found.job.id, specification: digest),
      key.jobId == state.jobId
    else {
      throw JobRefusal(
        .specification,
        "its id on the chain is not that of job \(found.job.id) by \(state.submitter)")
    }
    func differs(_ what: String, _ ours: String, _ theirs: String) -> JobRefusal {
      JobRefusal(
        .specification, "\(what) is \(ours) in its specification, and \(theirs) on the chain")
    }
    let posted = state.posted
    guard
      found.job.consensus.nodes == posted.nodes, found.job.consensus.agreeing == posted.quorum
    else {
      throw differs(
        "the consensus", "\(found.job.consensus)", "\(posted.quorum)-of-\(posted.nodes)")
    }
    guard let payment = found.job.payment else { return }
    let token = posted.token.map { "\($0)" } ?? Job.Payment.ether
    guard payment.token == token else { throw differs("the currency", payment.token, token) }
    // It may have been added to; what arrived of a token may be less than was sent.
    guard let amount = try? UInt256(decimal: payment.amount), amount <= posted.payment else {
      throw differs("the payment", payment.amount, "\(posted.payment)")
    }
  }

  // MARK: Code and inputs

  /// Brings code and inputs, and reads all of both as a run would: what passes here can be laid out there.
  func bring(
    _ job: Job, code: CID, into store: ContentStore, until end: Duration
  ) async throws(MatchEnd) {
    var inputs: [(cid: CID, name: String)] = []
    for input in job.inputs {
      guard let cid = try? CID(parsing: input.cid) else { continue }
      inputs.append((cid, input.name))
    }
    try await bring([code], "code", into: store, until: min(end, policy.patience))
    // As `exec` has it: its files lie in memory, and are half of it at most.
    let bounds = MaterialiseLimits(
      bytes: UInt64(clamping: job.memory / 2), entries: 100_000, depth: 60)
    try await survey(code, "code", store, bounds)
    try MatchEnd.check { () throws(JobRefusal) in
      try Self.checkEntrypoint(job, code, in: store.source)
    }
    guard !inputs.isEmpty else { return }
    try await bring(inputs.map(\.cid), "inputs", into: store, until: min(end, policy.patience))
    for input in inputs {
      try await survey(
        input.cid, "input \(JSON.string(input.name).text)", store,
        MaterialiseLimits(bytes: UInt64(clamping: policy.content.bytes), entries: 1_000_000))
    }
  }

  private static func checkEntrypoint(
    _ job: Job, _ code: CID, in source: any BlockSource
  ) throws(JobRefusal) {
    let reader = ContentReader(source)
    let names = job.entrypoint.split(separator: "/").map { Array($0.utf8) }
    guard case .directory? = try? reader.node(code) else {
      throw JobRefusal(.content, "its code \(code) is no folder")
    }
    guard let cid = try? reader.resolve(ContentPath(code, names: names)),
      case .file? = try? reader.node(cid)
    else {
      throw JobRefusal(
        .content, "its code \(code) holds no file \(JSON.string(job.entrypoint).text)")
    }
  }

  /// Reads content on a thread that may wait.
  private func survey(
    _ cid: CID, _ what: String, _ store: ContentStore, _ limits: MaterialiseLimits
  ) async throws(MatchEnd) {
    var limits = limits
    let interruption = world.interruption
    limits.isCancelled = { interruption.isRequested }
    let bounds = limits
    let result: Result<UInt64, ReadError> = await withCheckedContinuation { continuation in
      DispatchQueue(label: "sandrun.survey").async {
        do throws(ReadError) {
          continuation.resume(
            returning: .success(try ContentReader(store.source).survey(cid, limits: bounds)))
        } catch { continuation.resume(returning: .failure(error)) }
      }
    }
    do throws(ReadError) { _ = try result.get() } catch {
      switch error {
      case .repository, .file, .cancelled: throw .failed(Failure(error))
      default: throw .refused(JobRefusal(.content, "its \(what) cannot be laid out: \(error)"))
      }
    }
  }

  /// Brings content from registered nodes and gateways, and waits a while where nobody has it yet.
  private func bring(
    _ roots: [CID], _ what: String, into store: ContentStore, until end: Duration
  ) async throws(MatchEnd) {
    let deadline = ContinuousClock.now + min(end, policy.patience)
    var wait = Duration.seconds(1)
    while true {
      do throws(Failure) {
        if try ContentSources.holds(roots, in: store.source, limits: policy.content) { return }
        try await sources.bring(
          roots, into: store, from: try await endpoints(), limits: policy.content)
        return
      } catch {
        guard error.code == "not-found-anywhere" else {
          let isContent = ["bad-content", "content-too-large"].contains(error.code)
          throw isContent
            ? .refused(JobRefusal(.content, "its \(what): \(error.message)")) : .failed(error)
        }
        guard ContinuousClock.now + wait < deadline else {
          throw .refused(JobRefusal(.notFound, "its \(what): \(error.message)"))
        }
        world.detail("\(error.message); asking again in \(wait.components.seconds) s")
      }
      try await MatchEnd.sleep(wait)
      wait = min(wait * 2, .seconds(15))
    }
  }
}
