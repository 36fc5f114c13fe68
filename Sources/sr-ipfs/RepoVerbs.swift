import ArgumentParser
import Commands
import IPFS
import Marketplace
import Records

/// The verbs on the repository as a whole.
struct RepoVerbs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repo", abstract: "Look after the repository.",
    subcommands: [RepoStat.self, RepoGC.self, RepoVerify.self])
}

extension Failure {
  /// How a tool ends when a sweep or a verification fails.
  init(_ error: SweepError) {
    switch error {
    case .busy:
      self.init(.temporary, "\(error)", code: "busy")
    case .pins(let error): self.init(error)
    case .repository(let error): self.init(error)
    case .damagedIndex:
      self.init(.io, "\(error)", hint: "check the disk")
    case .cancelled: self = .interrupted
    }
  }
}
