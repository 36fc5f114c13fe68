import ArgumentParser
import Commands
import NodeClient
import Records

/// `sr-job list`: what was submitted from here.
struct List: Command {
  static let configuration = CommandConfiguration(
    abstract: "List the jobs submitted from here, each with its last known state.",
    discussion: """
      $ sr-job list | sr-job status | jq -r '.run.nodes[0] | "\\(.id) \\(.status)"'
      Asks no node: 'sr-job status' does.
      """)

  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    for record in try Submissions(try world.folders).all() {
      try world.output.write(record.bytes + [0x0A])
    }
    return .done
  }
}
