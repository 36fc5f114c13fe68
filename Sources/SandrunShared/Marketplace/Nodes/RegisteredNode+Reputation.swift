internal import WideInteger

extension RegisteredNode {
  /// How many of a hundred claims ended with the verdict's result, of those that ended with a result, "could not run", or
  /// in silence; nil where none did.
  public var reputation: Int? {
    let (ended, isOver) = done.addingReportingOverflow(failed)
    guard ended > 0, !isOver, agreed <= ended else { return nil }
    let (whole, _) = ended.dividingFullWidth(agreed.multipliedFullWidth(by: 100))
    return Int(whole)
  }
}
