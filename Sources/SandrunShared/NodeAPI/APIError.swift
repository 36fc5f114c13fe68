/// A member of a node's answer that is missing or is not what the API says.
public struct APIError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The member, with its path: `output_files.a.sha256`.
  public let member: String

  /// Names the member.
  public init(_ member: String) { self.member = member }

  /// What is wrong, as messages say it.
  public var description: String { "'\(member)' is missing or malformed" }
}
