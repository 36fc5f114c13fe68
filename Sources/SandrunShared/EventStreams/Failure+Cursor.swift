internal import EthereumRPC
internal import Files
internal import Journals
internal import Records
internal import SystemPackage
internal import WideInteger

extension Failure {
  /// What is said of a cursor that cannot be used; `identity` is that of the stream that wanted it.
  init(cursor error: JournalError, at path: FilePath, of identity: EventStreamIdentity? = nil) {
    switch error {
    case .damaged(_, let place, let flaw)
    where flaw == .noHeader || flaw == .noLine && (place?.line ?? 1) == 1:
      self.init(
        .data, "\(path) is no cursor: \(error)", code: "cursor-damaged", hint: Self.freshCursor)
    case .damaged:
      self.init(.io, "\(error)", code: "cursor-damaged", hint: Self.freshCursor)
    case .otherHeader(_, let found):
      self.init(
        .data, "\(path) is \(Self.owner(found, identity))", code: "cursor-other",
        hint:
          "a cursor is for one chain and the same events; a bare name is of all contracts that are registered, CONTRACT.EVENT of one"
      )
    case .locked(_, let holder):
      self.init(
        .temporary,
        "\(path) is in use by \(holder.map { "process \($0)" } ?? "another process")",
        code: "cursor-in-use", hint: "one process uses a cursor at a time", isRetryable: true)
    case .file(let error):
      let cannotMake: [Errno] = [
        .noSuchFileOrDirectory, .permissionDenied, .readOnlyFileSystem, .isDirectory,
        .notDirectory,
      ]
      self.init(
        cannotMake.contains(error.errno) ? .cannotCreate : .io, "the cursor: \(error)",
        code: "cursor-io")
    case .interrupted: self = .interrupted
    }
  }

  private static let freshCursor =
    "it is left as it is; go on with another --cursor, and --from the last block that is certain"

  /// Whose cursor a file is, by its first line.
  private static func owner(_ header: String, _ identity: EventStreamIdentity?) -> String {
    guard let object = (try? JSON(parsing: Array(header.utf8)))?.object,
      object["eventCursor"] != nil, let chain = object["chainId"]?.string,
      let genesis = object["genesis"]?.string
    else { return "no cursor of events, but begins with \(header.prefix(60))" }
    guard object["eventCursor"] == 1 else { return "a cursor of another version" }
    guard let identity else { return "the cursor of another stream" }
    guard chain == "\(identity.chain.chainId)" else {
      return "a cursor on chain \(chain), not on chain \(identity.chain.chainId)"
    }
    guard genesis == "\(identity.chain.genesis)" else {
      return "a cursor on another chain \(chain), whose block 0 is \(genesis)"
    }
    return "a cursor of other events than these"
  }
}
