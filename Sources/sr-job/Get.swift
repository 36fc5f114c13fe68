import ArgumentParser
import Commands
import NodeClient
import Records
import SystemPackage

/// `sr-job get`: the files that jobs made, on disk.
struct Get: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the files that jobs made to a folder.",
    discussion: """
      $ sr-job get -o pictures <done.jsonl
      Each file is held against the SHA-256 in 'result' before it takes its name. Nothing is \
      overwritten. The record leaves with the member 'path': the folder.
      """)
  static let operandMember: String? = "id"

  @Option(
    name: [.short, .long],
    help: "Write into the folder <path>; by default into one named by the job's id.",
    completion: .directory)
  var output: String?

  @OptionGroup var options: NodeOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A job's id.")
  var operands: [String] = []

  func validate() throws {
    if let output, output.isEmpty || output.utf8.contains(0) {
      throw ValidationError("--output takes a path")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let nodes = try Nodes(options, in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let written = try await world.interruptible { () throws(Failure) in
        try await nodes.get(input, into: output.map { FilePath($0) })
      }
      try emitter.emit(written)
    }
  }
}
