public import Commands
internal import Ethereum
internal import Files
internal import HTTP
internal import HTTPTypes
package import IPFS
internal import Marketplace
public import Networking
package import NodeAPI
public import Records
internal import SystemPackage

/// What one run of a verb does with nodes: one HTTP client, one repository, one list of submissions.
public final class Nodes: Sendable {
  package let world: World
  let ownEndpoint: String?
  let http: HTTPClient
  let httpOptions: HTTPOptions
  package let submissions: Submissions
  /// How long one record may take; nil where it may take as long as it takes.
  package let timeout: Duration?

  /// Reads the options; throws 64 or 78 naming the one that is wrong.
  public convenience init(_ options: NodeOptions, in world: World) throws(Failure) {
    try self.init(endpoint: options.endpoint, options.network, in: world)
  }

  /// Speaks to the node at an endpoint, where a record names none; throws 64 or 78 naming what is wrong.
  public init(
    endpoint: String?, _ network: NetworkOptions, in world: World
  ) throws(Failure) {
    self.world = world
    ownEndpoint = endpoint
    timeout = try network.recordTimeout()
    httpOptions = try network.clientOptions()
    http = HTTPClient(httpOptions)
    submissions = Submissions(try world.folders)
  }

  /// The node that jobs are submitted to.
  package func endpoint() throws(Failure) -> Endpoint {
    let text = try world.setting(.endpoint, flag: ownEndpoint) ?? ""
    guard let endpoint = Endpoint(text) else {
      throw Failure(
        .configuration, "the endpoint is set to \(JSON.string(text).text)",
        hint: "it is http://host:port or https://host:port")
    }
    return endpoint
  }

  /// The record of a submitted job that the input is or names, and the job on each of its nodes.
  ///
  /// An id is looked up in what was submitted from here, else it is the endpoint's own name of a job.
  func submitted(
    _ input: Record
  ) async throws(Failure) -> (record: Record, references: [JobReference]) {
    if input.has("run") || input.origin == .record && !input.has("id") {
      return (input, try Self.some(try input.jobReferences()))
    }
    let text = try input.operand("id")
    guard let id = JobID(text) else {
      throw Failure(
        .data, "\(JSON.string(text).text) is no job's id",
        hint: "an id is 32 hex digits; a saved record is fed on standard input")
    }
    if let known = try submissions.find(id) {
      return (known, try Self.some(try known.jobReferences()))
    }
    let endpoint = try endpoint()
    let reference = JobReference(
      endpoint: endpoint, id: id, address: try await service(at: endpoint).address)
    return (try Record().settingRun([reference.json]), [reference])
  }

  /// The record that an operand names, where it was submitted from here; any other input as it is.
  public func known(_ input: Record) throws(Failure) -> Record {
    guard !input.has("run"), input.has("id"), let text = try? input.operand("id"),
      let id = JobID(text)
    else { return input }
    return try submissions.find(id) ?? input
  }

  private static func some(_ references: [JobReference]) throws(Failure) -> [JobReference] {
    guard references.count <= mostNodes else {
      throw Failure(.data, "the record names \(references.count) nodes: \(mostNodes) is the most")
    }
    guard !references.isEmpty else {
      throw Failure(.data, "the record names no node of which an endpoint is known")
    }
    return references
  }

  /// The most nodes that one record may name: more than any job has.
  static let mostNodes = 64

  /// The one node of a record that is meant: the only one, or that of the address.
  func one(
    of references: [JobReference], at address: Address?
  ) throws(Failure) -> JobReference {
    if let address {
      guard let found = references.first(where: { $0.address == address }) else {
        throw Failure(.data, "the record names no node \(address)")
      }
      return found
    }
    guard references.count == 1 else {
      let names = references.map { $0.address.map { "\($0)" } ?? "\($0.endpoint)" }
      throw Failure(
        .data, "the record names \(references.count) nodes, of which one is meant",
        hint: "--node takes one of \(names.joined(separator: ", "))")
    }
    return references[0]
  }

  /// The user's own repository.
  package func repository() throws(Failure) -> Repository {
    let folders = try world.folders
    do throws(RepositoryError) {
      return try Repository(at: folders.data.appending("ipfs"))
    } catch {
      throw Failure(error)
    }
  }

  /// A job's status on its node, whose name it must bear.
  package func status(of reference: JobReference) async throws(Failure) -> JobStatus {
    let answer = try await json(
      .get, reference.endpoint.url("status", "\(reference.id)"), about: reference)
    do throws(APIError) {
      return try JobStatus(answer)
    } catch {
      throw Failure(.protocolViolation, "bad answer from \(reference.endpoint): \(error)")
    }
  }

  /// Writes down what is known of a job; that it cannot be is told, and takes nothing from the record.
  package func keep(_ record: Record) {
    do throws(Failure) { try submissions.remember(record) } catch {
      world.note("not written down for 'sr-job list': \(error.message)")
    }
  }
}
