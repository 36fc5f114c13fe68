import ArgumentParser
import Commands

@main struct SRNode: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-node", abstract: "Run jobs in a sandbox.", version: Version.line("sr-node"),
    subcommands: [
      Exec.self, Serve.self, Status.self, Drain.self, Describe.self, Match.self, Publish.self,
      Doctor.self, Register.self, Update.self, Retire.self, Discover.self, Info.self, Work.self,
      Unpack.self,
    ])

  static func main() { start() }
}
