/// The version of the whole toolset.
public enum Version {
  /// By semantic versioning.
  public static let text = "0.1.0"

  /// What a tool's `--version` prints: `sr-ipfs 0.1.0`.
  public static func line(_ tool: String) -> String { "\(tool) \(text)" }
}
