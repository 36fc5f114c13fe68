import ArgumentParser
import Commands
import Hashing
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
      $ sr-ipfs ls --resolve-type=false bafybei… | jq -r .path
      """)
  static let operandMember: String? = "cid"
  static let switches = ["--resolve-type"]

  @Option(
    defaultAsFlag: true, parsing: .next,
    help: "Look at each entry's own block, or, with =false, tell only names.")
  var resolveType: Bool?

  @OptionGroup var source: SourceOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let world = progress.world
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let operand = try input.operand("cid")
      try await progress.following(input) { (count) async throws(Failure) in
        try await Content.read(operand, from: sources, .listing) { (content) throws(Failure) in
          try list(operand, content, to: emitter, count)
        }
      }
    }
  }

  private func list(
    _ operand: String, _ content: Content, to emitter: Emitter, _ count: ProgressCount
  ) throws(Failure) {
    let found = try content.reading { (source) throws(ReadError) in
      try ContentReader(source).node(content.cid)
    }
    guard case .directory(var entries) = found else {
      let members: JSONObject = ["path": .string(operand), "cid": .string("\(content.cid)")]
      return try emitter.emit(try describing(content.cid, of: content, size: nil, beside: members))
    }
    var isFirst = true
    while let entry = try content.reading({ (_) throws(ReadError) in try entries.next() }) {
      try emitter.emit(try record(entry, of: content))
      count.count(bytes: 0, items: 1)
      // A listing may be long: its beginning is shown at once.
      if isFirst { try emitter.flush() }
      isFirst = false
    }
  }

  private func record(
    _ entry: ContentReader.Entry, of content: Content
  ) throws(Failure) -> Record {
    var members: JSONObject = ["path": .string(String(decoding: entry.name, as: UTF8.self))]
    if String(validating: entry.name, as: UTF8.self) == nil {
      members["name"] = .string(Hex.encode(entry.name))
    }
    members["cid"] = .string("\(entry.cid)")
    guard resolveType ?? true else { return Record(members) }
    return try describing(
      entry.cid, of: content, size: entry.cumulativeSize, beside: members)
  }

  private func describing(
    _ cid: CID, of content: Content, size: UInt64?, beside known: JSONObject
  ) throws(Failure) -> Record {
    var members = known
    if let found = try describe(cid, of: content) {
      for (name, value) in found.members { members[name] = value }
    } else if cid.codec == .raw, let size {
      members["size"] = .integer(size)
      members["type"] = "file"
    }
    return Record(members)
  }

  /// What an entry is, as its own block tells, or of content alone the directory; nil where nobody has that block, or reads it here.
  private func describe(
    _ cid: CID, of content: Content
  ) throws(Failure) -> ContentReader.Description? {
    try content.reading { (source) throws(ReadError) in
      do throws(ReadError) {
        return try ContentReader(source).describe(cid)
      } catch {
        switch error {
        // That somebody who may have it did not give it is no answer.
        case .repository(.notFound(let missing))
        where (content.source as? Harvest)?.isNowhere(missing) == false:
          throw error
        case .repository(.notFound), .repository(.unsupportedHash), .unsupportedCodec: return nil
        default: throw error
        }
      }
    }
  }
}

extension ContentReader.Description {
  /// What is known, as members of a record: `size`, `type`, `target`, `mode` and `mtime`.
  var members: [(name: String, value: JSON)] {
    var members: [(name: String, value: JSON)] = []
    switch kind {
    case .file(let size): members += [("size", .integer(size)), ("type", "file")]
    case .directory: members.append(("type", "directory"))
    case .symlink(let target):
      members.append(("type", "symlink"))
      if let text = String(validating: target, as: UTF8.self) {
        members.append(("target", .string(text)))
      }
    }
    if let mode {
      let digits = String(mode, radix: 8)
      let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
      members.append(("mode", .string(zeros + digits)))
    }
    // The years from 1 to 9999: RFC 3339 has no others.
    if let time = modificationTime, (-62_135_596_800...253_402_300_799).contains(time.seconds) {
      let stamp = Timestamp(seconds: Int(time.seconds), nanoseconds: Int(time.nanoseconds))
      members.append(("mtime", .string("\(stamp)")))
    }
    return members
  }
}
