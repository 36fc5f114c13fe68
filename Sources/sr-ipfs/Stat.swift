import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Records

/// `sr-ipfs stat`: what a CID names, and what its DAG is made of.
struct StatVerb: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "stat",
    abstract: "Tell what content is, and, where asked, of which blocks it is made.",
    discussion: """
      One block is read, the content's own; with --deep each below it, once, however often it is linked to.

      $ sr-ipfs stat bafybei…/film.mp4 | jq '.stat | {type, size, declaredSize}'
      $ sr-ipfs stat --deep bafybei…/photos | jq '.stat | {cumulativeSize, distinctBlocks}'
      """)
  static let operandMember: String? = "cid"

  @Flag(help: "Go through all blocks below, and count them.")
  var deep = false

  @Option(help: "With --deep, count at most <n> different blocks.")
  var maxBlocks = DAGTally.limit

  @OptionGroup var source: SourceOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    guard maxBlocks > 0 else { throw ValidationError("--max-blocks takes a number above 0") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let world = progress.world
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let appetite = deep ? Appetite.all : .block
      let found = try await progress.following(input) {
        (count) async throws(Failure) -> JSONObject in
        try await Content.read(input.operand("cid"), from: sources, appetite) {
          (content) throws(Failure) in
          try stat(of: content, count, in: world)
        }
      }
      try emitter.emit(input.setting("stat", to: .object(found)))
    }
  }

  private func stat(
    of content: Content, _ count: ProgressCount, in world: World
  ) throws(Failure) -> JSONObject {
    let cid = content.cid
    var stat: JSONObject = [
      "cid": .string("\(cid)"), "version": .integer(cid.version.rawValue),
      "codec": .string(Self.name(of: cid.codec)), "hash": .string("\(cid.hashFunction)"),
    ]
    // Neither file nor directory, and a root all the same.
    if cid.codec != .dagCBOR, cid.codec != .dagJSON { try describe(content, &stat) }
    let sizes = try content.reading { (source) throws(ReadError) in
      try ContentReader(source).sizes(of: cid)
    }
    stat["blockSize"] = .integer(sizes.block)
    if let declared = sizes.declared { stat["declaredSize"] = .integer(declared) }
    if deep { try tally(content, count, world, &stat) }
    return stat
  }

  private func describe(_ content: Content, _ stat: inout JSONObject) throws(Failure) {
    let (found, fanout, profile) = try content.reading { (source) throws(ReadError) in
      let reader = ContentReader(source)
      return (
        try reader.describe(content.cid), try reader.fanout(of: content.cid),
        try reader.profile(of: content.cid)
      )
    }
    for (name, value) in found.members { stat[name] = value }
    if let fanout { stat["fanout"] = .integer(fanout) }
    if let profile { stat["profile"] = .string(profile.rawValue) }
  }

  private func tally(
    _ content: Content, _ count: ProgressCount, _ world: World, _ stat: inout JSONObject
  ) throws(Failure) {
    var tally = DAGTally(content.cid, in: content.source, limit: maxBlocks)
    var told = tally.distinct
    while try content.reading(
      liftedBy: "--max-blocks", { (_) throws(ReadError) in try tally.step() })
    {
      if world.interruption.isRequested { throw .interrupted }
      let now = tally.distinct
      count.count(
        bytes: Int(clamping: now.bytes - told.bytes), items: Int(now.blocks - told.blocks))
      told = now
    }
    stat["cumulativeSize"] = .integer(tally.total.bytes)
    stat["blocks"] = .integer(tally.total.blocks)
    stat["distinctBlocks"] = .integer(tally.distinct.blocks)
    stat["distinctSize"] = .integer(tally.distinct.bytes)
    stat["links"] = .integer(tally.links)
  }

  private static func name(of codec: CID.Codec) -> String {
    switch codec {
    case .raw: "raw"
    case .dagPB: "dag-pb"
    case .dagCBOR: "dag-cbor"
    case .dagJSON: "dag-json"
    default: "0x" + String(codec.rawValue, radix: 16)
    }
  }
}
