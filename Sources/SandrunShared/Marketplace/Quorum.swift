/// How many nodes run a job, and how many of them must agree: `2-of-3`.
public struct Quorum: Equatable, Sendable, CustomStringConvertible {
  /// How many must agree.
  public var agreeing: Int
  /// How many run the job.
  public var nodes: Int

  /// The seeds' consensus levels.
  public static let levels: [(name: String, quorum: Quorum)] = [
    ("none", Quorum(agreeing: 1, nodes: 1)), ("low", Quorum(agreeing: 2, nodes: 3)),
    ("medium", Quorum(agreeing: 3, nodes: 5)), ("high", Quorum(agreeing: 5, nodes: 7)),
  ]

  /// The most nodes that one job may have.
  public static let nodeLimit = 15

  private init(agreeing: Int, nodes: Int) {
    self.agreeing = agreeing
    self.nodes = nodes
  }

  /// Reads a level's name or `K-of-N` with N at most 15 and K more than half of N; nil for anything else.
  public init?(_ text: String) {
    if let level = Self.levels.first(where: { $0.name == text }) {
      self = level.quorum
      return
    }
    let numbers = text.split(separator: "-of-", omittingEmptySubsequences: false)
    // Bounded before it is doubled: a stranger's number may be as large as there are.
    guard numbers.count == 2, let agreeing = Int(numbers[0]), let nodes = Int(numbers[1]),
      (1...Self.nodeLimit).contains(nodes), (1...nodes).contains(agreeing), 2 * agreeing > nodes,
      text == "\(agreeing)-of-\(nodes)"
    else { return nil }
    self.init(agreeing: agreeing, nodes: nodes)
  }

  /// `2-of-3`.
  public var description: String { "\(agreeing)-of-\(nodes)" }
}
