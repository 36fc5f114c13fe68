import ArgumentParser
import Commands

@main struct SRGPU: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-gpu",
    abstract: "Tell what GPUs are here, how fast they are, and which of them a job can have.",
    version: Version.line("sr-gpu"),
    subcommands: [
      List.self, Match.self, Watch.self, Bench.self, Attest.self,
    ])

  static func main() { start() }
}
