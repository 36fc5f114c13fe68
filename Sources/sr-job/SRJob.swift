import ArgumentParser
import Commands

@main struct SRJob: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-job", abstract: "Describe compute jobs, and have nodes run them.",
    version: Version.line("sr-job"),
    subcommands: [
      New.self, Set.self, Estimate.self, Submit.self, Run.self, Status.self, Logs.self,
      Wait.self, Cancel.self,
      Outputs.self, Get.self, List.self,
    ])

  static func main() { start() }
}
