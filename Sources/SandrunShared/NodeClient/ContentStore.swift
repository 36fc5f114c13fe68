public import IPFS

/// Where content is looked for before anybody is asked, and where what came is kept.
public struct ContentStore: Sendable {
  /// Where blocks are looked for.
  public let source: any BlockSource
  /// Where they are written.
  public let repository: Repository

  /// A repository for both.
  public init(_ repository: Repository) { self.init(reading: repository, writing: repository) }

  /// One that looks in `source`, which finds what is written to the repository too: a node's content in its generations.
  public init(reading source: any BlockSource, writing repository: Repository) {
    self.source = source
    self.repository = repository
  }
}
