import ArgumentParser
import Commands

@main struct SRGPU: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-gpu", abstract: "Tell what GPUs are here.", version: Version.line("sr-gpu"))

  static func main() { start() }
}
