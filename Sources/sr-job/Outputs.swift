import ArgumentParser
import Commands
import NodeClient
import Records

/// `sr-job outputs`: the files that jobs made.
struct Outputs: StreamVerb {
  static let configuration = CommandConfiguration(
    abstract: "List the files that jobs made: a record with 'output' a file.",
    discussion: """
      $ sr-job outputs <done.jsonl | jq -r '.output | "\\(.sha256)  \\(.path)"' | sha256sum -c
      """)
  static let operandMember: String? = "id"

  @OptionGroup var options: NodeOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A job's id.")
  var operands: [String] = []

  func process(_ input: Record, in world: World, to emitter: Emitter) async throws(Failure) {
    let nodes = try Nodes(options, in: world)
    let files = try await world.interruptible { () throws(Failure) in
      try await nodes.outputs(of: input).files
    }
    for file in files {
      var output: JSONObject = [
        "path": .string(file.path), "size": .integer(file.size), "sha256": .string(file.sha256),
      ]
      output["cid"] = file.cid.map { .string($0) }
      try emitter.emit(Record(["output": .object(output)]))
    }
  }
}
