import ArgumentParser
import Commands

@main struct SRIPFS: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-ipfs", abstract: "Put files on IPFS and get them back, verified.",
    version: Version.line("sr-ipfs"),
    subcommands: [
      Add.self, Cat.self, Get.self, List.self, StatVerb.self, PinVerbs.self, Replicate.self,
      Providers.self, Export.self, Import.self, CIDVerb.self, RepoVerbs.self,
    ])

  static func main() {
    Memory.keepFreed()
    start()
  }
}
