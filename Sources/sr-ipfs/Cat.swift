import ArgumentParser
import Commands
import IPFS
import Marketplace
import Records

/// `sr-ipfs cat`: the bytes of files, one after another.
struct Cat: RawVerb {
  static let configuration = CommandConfiguration(
    abstract: "Write the content of files to stdout.",
    discussion: """
      $ sr-ipfs cat bafybei…/hello.txt
      """)
  static let operandMember: String? = "cid"

  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func process(_ input: Record, in world: World, to emitter: Emitter) async throws(Failure) {
    let content = try Content(input.operand("cid"), in: world)
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
