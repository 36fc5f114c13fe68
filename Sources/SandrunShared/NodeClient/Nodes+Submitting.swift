internal import Commands
public import Ethereum
internal import Files
internal import HTTP
public import IPFS
public import Marketplace
internal import NodeAPI
public import Records
public import SystemPackage

extension Nodes {
  /// Packs a job's code and inputs into one tar.gz, for a node that takes no CAR.
  public typealias Packing =
    @Sendable (CID, [Job.Input]) async throws(Failure) -> FilePath

  /// Hands a job to the node, and gives the record with `run`.
  ///
  /// Content goes first, then the job, under a key made of the job's id and the node's address: fed again, the record gets the
  /// same job. Throws 65 for a record without job or code, 66 for content that is not here, 69 or 75 where the node cannot take it.
  public func submit(
    _ input: Record, demanding wanted: Address?, packing: @escaping Packing
  ) async throws(Failure) -> Record {
    let order = try Order(input)
    let endpoint = try endpoint()
    try submissions.prepare()
    let node = try await hand(order, to: endpoint, demanding: wanted, packing: packing)
    return try submitted(input, to: [node])
  }

  /// Hands a job to one node; the element of `run.nodes`.
  func hand(
    _ order: Order, to endpoint: Endpoint, demanding wanted: Address?, packing: Packing
  ) async throws(Failure) -> JSONObject {
    let service = try await service(at: endpoint, demanding: wanted)
    let body: SubmissionBody
    if service.acceptsCAR {
      try await push(order, to: endpoint, limit: service.maximumCAR)
      body = .manifest(order.manifest(withContent: true))
    } else {
      body = .archive(
        order.manifest(withContent: false), try await packing(order.code, order.job.inputs))
    }
    defer { body.discard() }
    let key = service.knowsKeys ? "\(order.job.id)-\(Self.name(of: service, at: endpoint))" : nil
    let answer = try await send(body, of: order, key: key, to: endpoint)
    guard let id = answer["job_id"]?.string.flatMap({ JobID($0) }) else {
      throw Failure(.protocolViolation, "bad answer from \(endpoint): no valid 'job_id'")
    }
    var node = JobReference(endpoint: endpoint, id: id, address: service.address).json
    node["status"] = .string(
      JobState(rawValue: answer["status"]?.string ?? "")?.rawValue ?? "queued")
    node["position"] = answer["position"]?.integer.map { .integer($0) }
    return node
  }

  /// Hands a node the content of a job in escrow, and tells it of the job.
  ///
  /// It may leave that alone: it hears of the job from the chain as well. Throws where it does not take the content.
  package func announce(
    _ order: Order, _ escrow: JSONObject, at endpoint: Endpoint, of node: Address
  ) async throws(Failure) {
    let service = try await service(at: endpoint, demanding: node)
    guard service.acceptsCAR else {
      throw Failure(.unavailable, "\(endpoint) takes no content", code: "no-content")
    }
    try await push(order, to: endpoint, limit: service.maximumCAR)
    // A node of another kind would run the job at once, and show everybody the result.
    guard service.knowsKeys else { return }
    var manifest = order.manifest(withContent: true)
    manifest["escrow"] = .object(escrow)
    do throws(Failure) {
      _ = try await send(
        .manifest(manifest), of: order, key: "\(order.job.id)-\(node)-escrow".lowercased(),
        to: endpoint)
    } catch {
      if error.code == Failure.interrupted.code { throw error }
      world.detail("\(endpoint) takes the job from the chain alone: \(error.message)")
    }
  }

  /// The record of a job that nodes have, written down.
  package func submitted(_ input: Record, to nodes: [JSONObject]) throws(Failure) -> Record {
    let record = try input.settingRun(nodes)
    var run = try record.object("run") ?? [:]
    run["submitted"] = .string("\(world.now())")
    let submitted = record.setting("run", to: .object(run))
    // The nodes have the job, whatever this disk says: the record with its ids must leave.
    keep(submitted)
    return submitted
  }

  /// What a node says of itself; throws 77 where it is another than was asked for.
  func service(at endpoint: Endpoint, demanding wanted: Address?) async throws(Failure) -> Service {
    let service = try await service(at: endpoint)
    if let wanted, service.address != wanted {
      let told = service.address.map { "\($0)" } ?? "no address"
      throw Failure(
        .permission, "\(endpoint) is \(told), not \(wanted)", code: "another-node")
    }
    return service
  }

  private static func name(of service: Service, at endpoint: Endpoint) -> String {
    service.address.map { "\($0)".lowercased() } ?? "\(endpoint)"
  }
}

/// What `submit` takes from a record, checked.
package struct Order: Sendable {
  package let job: Job
  let code: CID
  let specification: CID
  let bytes: [UInt8]

  package init(_ record: Record) throws(Failure) {
    guard let object = try record.object("job") else {
      throw Failure(.data, "the record has no 'job'", hint: "make one with 'sr-job new'")
    }
    let canonical: Specification
    do throws(JobError) { job = try Job(object) } catch { throw Failure(.data, "\(error)") }
    do throws(CanonicalError) { canonical = try Specification(of: object) } catch {
      throw Failure(.data, "malformed 'job': \(error)")
    }
    specification = CID(canonical.digest, codec: .raw)
    bytes = canonical.bytes
    guard let code = try record.object("code") else {
      throw Failure(.data, "the record has no 'code'", hint: "add it with 'sr-ipfs add'")
    }
    guard let cid = code["cid"]?.string.flatMap({ try? CID(parsing: $0) }) else {
      throw Failure(.data, "'code.cid' is no CID")
    }
    self.code = cid
    guard let text = code["spec"], text != .null else { return }
    guard text.string.flatMap({ try? CID(parsing: $0) })?.v1 == specification else {
      throw Failure(
        .data, "'code.spec' is not the job's specification, \(specification)",
        code: "stale-specification",
        hint: "the job was changed after 'sr-ipfs add'; remove 'code' and add it again")
    }
  }

  /// The CIDs that the node needs, the code first.
  func roots() throws(Failure) -> [CID] {
    var roots = [code, specification]
    for (index, input) in job.inputs.enumerated() {
      guard let cid = try? CID(parsing: input.cid) else {
        throw Failure(.data, "'job.inputs[\(index)].cid' is no CID")
      }
      if !roots.contains(cid) { roots.append(cid) }
    }
    return roots
  }

  /// The part `manifest` of the submission: by CID, or in the words that every node knows.
  func manifest(withContent: Bool) -> JSONObject {
    if withContent {
      return ["code": .string("\(code)"), "spec": .string("\(specification)")]
    }
    var manifest: JSONObject = ["entrypoint": .string(job.entrypoint)]
    manifest["interpreter"] = job.interpreter.map { .string($0) }
    manifest["args"] = .array(job.args.map { .string($0) })
    manifest["env"] = .object(job.env)
    manifest["outputs"] = .array(job.outputs.map { .string($0) })
    manifest["timeout"] = .integer(job.timeout)
    manifest["memory_mb"] = .integer((job.memory + (1 << 20) - 1) >> 20)
    manifest["gpu"] = job.gpu.map { .string("\($0)") }
    return manifest
  }
}
