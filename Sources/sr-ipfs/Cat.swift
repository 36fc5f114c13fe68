import ArgumentParser
import Commands
import IPFS
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

  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let repository = try Content.repository(in: world)
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = false
    return try await pipeline.run { input, emitter throws(Failure) in
      try write(try Content(input.operand("cid"), in: repository), to: emitter)
    }
  }

  private func write(_ content: Content, to emitter: Emitter) throws(Failure) {
    var refused: Failure?
    do {
      try content.reader.read(content.cid) { (piece) throws(ReadError) in
        do throws(Failure) {
          try emitter.write(piece)
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
