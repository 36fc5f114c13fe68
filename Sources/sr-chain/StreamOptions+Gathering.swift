import Commands

extension StreamOptions {
  /// The same options where operands are arguments: they are known, and in hand together, so that one batch asks for all.
  func together(_ operands: [String]) -> StreamOptions {
    var copy = self
    copy.jobs = max(jobs, min(operands.count, 1000))
    return copy
  }
}
