import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Records

/// `sr-ipfs stat`: what a CID names, and what its DAG is made of.
struct StatVerb: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "stat", abstract: "Tell what content is, and of which blocks it is made.",
    discussion: """
      Every block is read once, however often it is linked to.

      $ sr-ipfs stat bafybei…/photos | jq '.stat | {type, cumulativeSize, distinctBlocks}'
      """)
  static let operandMember: String? = "cid"

  @Flag(help: "Tell only what the first block tells.")
  var shallow = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let appetite = shallow ? Appetite.block : .all
      let found = try await Content.read(input.operand("cid"), from: sources, appetite) {
        (content) throws(Failure) in
        try stat(of: content, in: world)
      }
      try emitter.emit(input.setting("stat", to: .object(found)))
    }
  }

  private func stat(of content: Content, in world: World) throws(Failure) -> JSONObject {
    let cid = content.cid
    var stat: JSONObject = [
      "cid": .string("\(cid)"), "version": .integer(cid.version.rawValue),
      "codec": .string(Self.name(of: cid.codec)), "hash": .string("\(cid.hashFunction)"),
    ]
    if cid.codec != .dagCBOR { try describe(content, &stat) }
    if !shallow { try tally(content, world, &stat) }
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
    _ content: Content, _ world: World, _ stat: inout JSONObject
  ) throws(Failure) {
    var tally = DAGTally(content.cid, in: content.source)
    while try content.reading({ (_) throws(ReadError) in try tally.step() }) {
      if world.interruption.isRequested { throw .interrupted }
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
    default: "0x" + String(codec.rawValue, radix: 16)
    }
  }
}
