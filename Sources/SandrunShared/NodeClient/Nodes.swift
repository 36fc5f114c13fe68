public import Commands
internal import Files
internal import HTTP
internal import HTTPTypes
internal import IPFS
internal import Marketplace
internal import Networking
internal import NodeAPI
public import Records
internal import SystemPackage

/// What one run of a verb does with nodes: one HTTP client, one repository, one list of submissions.
public final class Nodes: Sendable {
  let world: World
  let options: NodeOptions
  let http: HTTPClient
  let httpOptions: HTTPOptions
  let submissions: Submissions
  /// How long one record may take; nil where it may take as long as it takes.
  let timeout: Duration?

  /// Reads the options; throws 64 or 78 naming the one that is wrong.
  public init(_ options: NodeOptions, in world: World) throws(Failure) {
    self.world = world
    self.options = options
    timeout = try options.network.recordTimeout()
    httpOptions = try options.network.clientOptions()
    http = HTTPClient(httpOptions)
    submissions = Submissions(try world.folders)
  }

  /// The node that jobs are submitted to.
  func endpoint() throws(Failure) -> Endpoint {
    let text = try world.setting(.endpoint, flag: options.endpoint) ?? ""
    guard let endpoint = Endpoint(text) else {
      throw Failure(
        .configuration, "the endpoint is set to \(JSON.string(text).text)",
        hint: "it is http://host:port or https://host:port")
    }
    return endpoint
  }

  /// The record of a submitted job that the input is or names, and its one node.
  ///
  /// An id is looked up in what was submitted from here, else it is the endpoint's own name of a job.
  func submitted(
    _ input: Record
  ) async throws(Failure) -> (record: Record, reference: JobReference) {
    if input.has("run") || input.origin == .record && !input.has("id") {
      return (input, try Self.only(try input.jobReferences()))
    }
    let text = try input.operand("id")
    guard let id = JobID(text) else {
      throw Failure(
        .data, "\(JSON.string(text).text) is no job's id",
        hint: "an id is 32 hex digits; a saved record is fed on standard input")
    }
    if let known = try submissions.find(id) {
      return (known, try Self.only(try known.jobReferences()))
    }
    let endpoint = try endpoint()
    let reference = JobReference(
      endpoint: endpoint, id: id, address: try await service(at: endpoint).address)
    return (try Record().settingRun([reference.json]), reference)
  }

  private static func only(_ references: [JobReference]) throws(Failure) -> JobReference {
    guard let reference = references.first, references.count == 1 else {
      throw Failure(
        .data, "the record names \(references.count) nodes, where one is followed",
        hint: "give each node its record: jq -c '.run.nodes[] as $n | .run.nodes = [$n]'")
    }
    return reference
  }

  /// The user's own repository.
  func repository() throws(Failure) -> Repository {
    let folders = try world.folders
    do throws(RepositoryError) {
      return try Repository(at: folders.data.appending("ipfs"))
    } catch {
      throw Failure(error)
    }
  }

  /// A job's status on its node, whose name it must bear.
  func status(of reference: JobReference) async throws(Failure) -> JobStatus {
    let answer = try await json(
      .get, reference.endpoint.url("status", "\(reference.id)"), about: reference)
    do throws(APIError) {
      return try JobStatus(answer)
    } catch {
      throw Failure(.protocolViolation, "bad answer from \(reference.endpoint): \(error)")
    }
  }

  /// Brings a record's `run` up to date.
  public func refresh(_ input: Record) async throws(Failure) -> Record {
    let (record, reference) = try await submitted(input)
    return try note(try await status(of: reference), of: reference, in: record)
  }

  /// Asks the node to end a job; the record tells where it stands then.
  public func cancel(_ input: Record) async throws(Failure) -> Record {
    let (record, reference) = try await submitted(input)
    // Ended twice is ended: this may be repeated.
    _ = try await json(
      .post, reference.endpoint.url("cancel", "\(reference.id)"), isRepeatable: true,
      about: reference)
    return try note(try await status(of: reference), of: reference, in: record)
  }

  /// Writes down what is known of a job; that it cannot be is told, and takes nothing from the record.
  func keep(_ record: Record) {
    do throws(Failure) { try submissions.remember(record) } catch {
      world.note("not written down for 'sr-job list': \(error.message)")
    }
  }

  /// Puts a job's state into `run`, and writes it down where the job was submitted from here.
  func note(
    _ status: JobStatus, of reference: JobReference, in record: Record
  ) throws(Failure) -> Record {
    guard status.id == reference.id else {
      throw Failure(
        .protocolViolation,
        "\(reference.endpoint) answers for job \(status.id) where \(reference.id) was asked for",
        code: "node-lies")
    }
    var node = reference.json
    node["status"] = .string(status.state.rawValue)
    node["position"] = status.position.map { .integer($0) }
    node["submittedAt"] = status.submittedAt.map { .string("\($0)") }
    node["startedAt"] = status.startedAt.map { .string("\($0)") }
    node["finishedAt"] = status.finishedAt.map { .string("\($0)") }
    let updated = try record.settingRun([node])
    if try submissions.find(reference.id) != nil { keep(updated) }
    return updated
  }
}
