/// What is wrong with a job, naming the member.
public struct JobError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `job.env`, `job.outputs[2]`.
  public var member: String
  /// The rest of the sentence.
  public var problem: String

  init(_ member: String, _ problem: String) {
    self.member = member
    self.problem = problem
  }

  /// `job.timeout is 0, not 1 to 2592000 seconds`.
  public var description: String { "\(member) \(problem)" }
}
