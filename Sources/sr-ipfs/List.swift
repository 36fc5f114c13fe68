import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Records

/// `sr-ipfs ls`: one record for each entry of a directory.
struct List: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List the entries of directories.",
    discussion: """
      $ sr-ipfs ls bafybei… | jq -r '.path + " " + .cid'
      """)
  static let operandMember: String? = "cid"

  @OptionGroup var source: SourceOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let operand = try input.operand("cid")
      try await Content.read(operand, from: sources, .listing) { (content) throws(Failure) in
        try list(operand, content, to: emitter)
      }
    }
  }

  private func list(
    _ operand: String, _ content: Content, to emitter: Emitter
  ) throws(Failure) {
    let node: ContentReader.Node
    do { node = try content.reader.node(content.cid) } catch { throw Failure(error) }
    guard case .directory(var entries) = node else {
      return try emitter.emit(try record(operand, content.cid, node))
    }
    while let entry = try next(&entries) {
      guard let name = String(validating: entry.name, as: UTF8.self) else {
        throw Failure(
          .data,
          "directory \(content.cid) holds the name \(String(decoding: entry.name, as: UTF8.self)), which is not UTF-8"
        )
      }
      try emitter.emit(try record(name, entry.cid, try child(entry, of: content)))
    }
  }

  private func next(
    _ entries: inout DirectoryCursor
  ) throws(Failure) -> ContentReader.Entry? {
    do { return try entries.next() } catch { throw Failure(error) }
  }

  /// What an entry is, as its own block tells, or of content alone the directory; nil where nobody has that block.
  private func child(
    _ entry: ContentReader.Entry, of content: Content
  ) throws(Failure) -> ContentReader.Node? {
    do {
      return try content.reader.describe(entry.cid).node
    } catch {
      if case .repository(.notFound) = error {
        return entry.cid.codec == .raw ? .file(size: entry.cumulativeSize) : nil
      }
      throw Failure(error)
    }
  }

  private func record(
    _ path: String, _ cid: CID, _ node: ContentReader.Node?
  ) throws(Failure) -> Record {
    var members: JSONObject = ["path": .string(path), "cid": .string("\(cid)")]
    switch node {
    case .file(let size):
      members["size"] = .integer(size)
      members["type"] = "file"
    case .directory:
      members["type"] = "directory"
    case .symlink(let target):
      members["type"] = "symlink"
      members["target"] = String(validating: target, as: UTF8.self).map { .string($0) }
    case nil: break
    }
    return Record(members)
  }
}
