public import Records

/// Settings of things that the user names himself: `pinning.NAME.url`, `SANDRUN_PINNING_NAME_URL`.
public struct ConfigFamily: Sendable {
  /// What stands before the name: `pinning`.
  public var name: String
  /// What each thing has, with what it means.
  public var settings: [(name: String, meaning: String)]

  /// Services that pin content.
  public static let pinning = ConfigFamily(
    name: "pinning",
    settings: [
      ("kind", "what it speaks: psa or pinata"), ("url", "where it is reached"),
      ("tokenFile", "the file with its token"), ("tokenCommand", "a command that prints its token"),
    ])

  /// All of them.
  public static let table: [ConfigFamily] = [.pinning]

  /// A setting's full name.
  public func key(_ setting: String, of thing: String) -> String { "\(name).\(thing).\(setting)" }

  /// A setting's environment variable: upper case, with `_` for all that no variable's name may hold.
  public func variable(_ setting: String, of thing: String) -> String {
    var text = "SANDRUN_\(name)_\(thing)_"
    for letter in setting { text += letter.isUppercase ? "_\(letter)" : String(letter) }
    return String(
      text.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  /// Takes what the configuration file says of them.
  func collect(
    _ value: JSON, from path: String, into found: inout [String: String]
  ) throws(Failure) {
    for thing in try Self.members(of: value, named: name, in: path) {
      for member in try Self.members(of: thing.value, named: "\(name).\(thing.name)", in: path) {
        let key = key(member.name, of: thing.name)
        guard settings.contains(where: { $0.name == member.name }) else {
          throw Failure(
            .configuration, "unknown key \(JSON.string(key).text) in \(path)",
            hint: "\(name).NAME has \(settings.map(\.name).joined(separator: ", "))")
        }
        guard let text = member.value.string else {
          throw Failure(
            .configuration,
            "\(JSON.string(key).text) in \(path) is \(member.value.kind), not a string")
        }
        found[key] = text
      }
    }
  }

  private static func members(
    of value: JSON, named name: String, in path: String
  ) throws(Failure) -> [JSONObject.Member] {
    guard let object = value.object else {
      throw Failure(
        .configuration,
        "\(JSON.string(name).text) in \(path) is \(value.kind), not an object")
    }
    return object.members
  }
}

extension World {
  /// A setting of something that the user named: the environment's, else the file's; nil where neither has it.
  public func setting(
    _ setting: String, of thing: String, in family: ConfigFamily
  ) throws(Failure) -> String? {
    if let value = environment[family.variable(setting, of: thing)], !value.isEmpty { return value }
    return try configured()[family.key(setting, of: thing)]
  }

  /// The names that the configuration file has settings for, sorted.
  public func names(in family: ConfigFamily) throws(Failure) -> [String] {
    var names: Set<String> = []
    for key in try configured().keys where key.hasPrefix("\(family.name).") {
      guard let end = key.lastIndex(of: ".") else { continue }
      let start = key.index(key.startIndex, offsetBy: family.name.count + 1)
      if start < end { names.insert(String(key[start..<end])) }
    }
    return names.sorted()
  }
}
