public import Records

extension Record {
  /// The exit status that the job in `result` stands for: its own where that is 1 to 63, 1 where it failed in another way.
  public var jobStatus: Failure.Status {
    guard let result = (try? self["result"]) ?? nil else { return .internalError }
    if result["status"]?.string == "completed" { return .done }
    if result["reason"] == nil, let code = result["exitCode"]?.integer, (1...63).contains(code) {
      return Failure.Status(rawValue: Int32(code))
    }
    return .answerNo
  }
}
