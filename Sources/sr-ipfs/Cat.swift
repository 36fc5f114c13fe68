import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Records

/// `sr-ipfs cat`: the bytes of files, one after another.
struct Cat: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the content of files to stdout.",
    discussion: """
      $ sr-ipfs cat bafybei…/hello.txt
      """)
  static let operandMember: String? = "cid"

  @OptionGroup var source: SourceOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = false
    return try await pipeline.run { input, emitter throws(Failure) in
      try await Content.read(input.operand("cid"), from: sources, .file(nil)) {
        (content) throws(Failure) in
        try write(content, to: emitter, isFromAfar: !sources.providers.isEmpty)
      }
    }
  }

  private func write(
    _ content: Content, to emitter: Emitter, isFromAfar: Bool
  ) throws(Failure) {
    var refused: Failure?
    do {
      try content.reader.read(content.cid) { (piece) throws(ReadError) in
        do throws(Failure) {
          try emitter.write(piece)
          // The next one may take its time.
          if isFromAfar { try emitter.flush() }
        } catch {
          // Standard output is gone: reading on is of no use.
          refused = error
          throw .notFile(content.cid)
        }
      }
    } catch {
      throw refused ?? Failure(error)
    }
  }
}
