/// How many blocks are asked for at once: what a node takes is found out by trying, since each has limits of its own.
///
/// Doubled on success and halved on refusal; between a size that went well and one that did not, the middle. A refusal is
/// forgotten after a while, since many limits are of answers' sizes, which differ along the chain.
package struct LogRangeSize: Sendable {
  /// The most blocks at once: beyond that, an answer would take long without need.
  static let most: UInt64 = 1 << 17
  /// So many logs at once are enough: more only take memory.
  static let enoughLogs = 10_000
  /// A refusal is forgotten after so many successes.
  static let memory = 32

  /// What is asked for now.
  package private(set) var blocks: UInt64
  /// The last size that went well.
  private var good: UInt64?
  /// The smallest size that was refused lately.
  private var refused: UInt64?
  private var successes = 0

  /// Begins with a size that most nodes take.
  package init(_ blocks: UInt64 = 1024) { self.blocks = blocks }

  /// Takes note that so many blocks were answered with so many logs.
  package mutating func succeeded(_ asked: UInt64, logs: Int) {
    guard logs <= Self.enoughLogs else {
      (good, blocks) = (nil, max(1, asked / 2))
      return
    }
    // A short piece at the end of the chain says nothing of more.
    guard asked >= blocks else { return }
    good = asked
    successes += 1
    if successes >= Self.memory { (refused, successes) = (nil, 0) }
    guard logs <= Self.enoughLogs / 2 else { return }
    let twice = min(asked * 2, Self.most)
    guard let refused, refused <= twice else {
      blocks = twice
      return
    }
    blocks = max(1, (asked + refused) / 2)
    if blocks >= refused { blocks = max(1, refused - 1) }
  }

  /// Takes note that so many blocks were refused; false where it was a single one.
  package mutating func failed(_ asked: UInt64) -> Bool {
    guard asked > 1 else { return false }
    (refused, successes) = (asked, 0)
    // The same size may go well at one place and not at another.
    if let good, good < asked { blocks = good } else { blocks = asked / 2 }
    good = nil
    return true
  }
}
