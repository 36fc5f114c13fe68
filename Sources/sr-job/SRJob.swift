import ArgumentParser
import Commands

@main struct SRJob: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-job", abstract: "Describe compute jobs.", version: Version.line("sr-job"),
    subcommands: [New.self, Set.self])

  static func main() { start() }
}
