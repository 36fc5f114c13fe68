import Commands
import Files
import IPFS
import IPFSClients
import Marketplace
import Records
import SystemPackage

/// Content by its CID: what `cat`, `get`, `ls` and `stat` read.
struct Content {
  let path: ContentPath
  let cid: CID
  let source: any BlockSource

  /// Follows an operand, `CID[/path]`, where blocks come from.
  init(_ operand: String, in source: any BlockSource) throws(Failure) {
    try self.init(try Self.path(operand), in: source)
  }

  private init(_ path: ContentPath, in source: any BlockSource) throws(Failure) {
    self.path = path
    self.source = source
    do { cid = try ContentReader(source).resolve(path) } catch { throw Failure(error) }
  }

  /// Reads an operand, `CID[/path]`.
  static func path(_ operand: String) throws(Failure) -> ContentPath {
    do {
      return try ContentPath(parsing: operand)
    } catch {
      let quoted = JSON.string(operand).text
      if ["/ipns/", "ipns://"].contains(where: { operand.lowercased().hasPrefix($0) }) {
        throw Failure(
          .data, "\(quoted) is a name of IPNS, not a CID",
          hint: "names are not resolved here, since nobody can prove what they lead to")
      }
      throw Failure(.data, "\(quoted) is no CID: \(error)")
    }
  }

  /// Reads what an operand leads to, fetching on the way what is not here, as much as there is appetite for.
  static func read<Value: Sendable>(
    _ operand: String, from sources: Sources, _ appetite: Appetite,
    _ body: @escaping @Sendable (Content) throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let path = try path(operand)
    let isLocal = sources.providers.isEmpty
    return try await sources.read(path, appetite) { (source) throws(Failure) in
      // What is here is read and proved while what came before it is written; what is not is fetched ahead.
      try body(Content(path, in: isLocal ? ReadAhead(source) : source))
    }
  }

  /// Takes one step of reading, as a cursor's `next`; `option` is what lifts the limit on how much is read.
  func reading<T>(
    liftedBy option: String? = nil, _ step: (any BlockSource) throws(ReadError) -> T
  ) throws(Failure) -> T {
    do {
      return try step(source)
    } catch {
      guard let option else { throw Failure(error) }
      switch error {
      case .overLimit(.entries), .overLimit(.blocks):
        throw Failure(.data, "\(error)", hint: "allow more with \(option)")
      default: throw Failure(error)
      }
    }
  }

  /// The repository of a world.
  static func repository(
    in world: World, access: Repository.Access = .readWrite
  ) throws(Failure) -> Repository {
    let folder = try world.folders.data.appending("ipfs")
    do { return try Repository(at: folder, access: access) } catch { throw Failure(error) }
  }
}
