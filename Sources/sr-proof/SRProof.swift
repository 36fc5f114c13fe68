import ArgumentParser
import Commands

@main struct SRProof: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-proof", abstract: "Build and judge proofs of execution.",
    version: Version.line("sr-proof"),
    subcommands: [Build.self, Verify.self, Consensus.self, Show.self])

  static func main() { start() }
}
