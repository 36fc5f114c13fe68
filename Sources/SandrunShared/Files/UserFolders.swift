public import SystemPackage

/// The user's own folders by the XDG Base Directory Specification: data, state and configuration of Sandrun.
public struct UserFolders: Sendable {
  /// `$XDG_DATA_HOME/sandrun`: keys and the IPFS repository.
  public var data: FilePath
  /// `$XDG_STATE_HOME/sandrun`: runs, journals, cursors.
  public var state: FilePath
  /// `$XDG_CONFIG_HOME/sandrun`: `config.json`.
  public var config: FilePath

  /// Finds the folders from environment variables; nil where neither the XDG variable nor `HOME` is an absolute path.
  public init?(environment: [String: String]) {
    guard let data = Self.folder("XDG_DATA_HOME", ".local/share", environment),
      let state = Self.folder("XDG_STATE_HOME", ".local/state", environment),
      let config = Self.folder("XDG_CONFIG_HOME", ".config", environment)
    else { return nil }
    self.data = data
    self.state = state
    self.config = config
  }

  private static func folder(
    _ variable: String, _ underHome: String, _ environment: [String: String]
  ) -> FilePath? {
    // The specification: a relative path in one of the variables is to be ignored.
    if let named = environment[variable].map({ FilePath($0) }), named.isAbsolute {
      return named.appending("sandrun")
    }
    guard let home = environment["HOME"].map({ FilePath($0) }), home.isAbsolute else { return nil }
    return home.appending(underHome).appending("sandrun")
  }

  /// Whether a path, all links resolved, lies inside a folder of ours.
  public static func contains(_ folder: FilePath, _ path: FilePath) -> Bool {
    guard let folder = try? Files.resolve(folder), let path = try? Files.resolve(path) else {
      return false
    }
    return path.starts(with: folder) && path != folder
  }
}
