public import Records
import Files
import SystemPackage

/// A setting that a flag, an environment variable or the configuration file may give: one table, one name everywhere.
public struct ConfigKey: Sendable {
  /// Its name in `config.json`, with a dot where it lies in an object: `defaults.timeout`.
  public var name: String
  /// Its environment variable.
  public var variable: String
  /// The flag that beats both, for messages and man pages.
  public var flag: String
  /// What holds where nothing is given; nil where there is no default.
  public var fallback: String?
  /// What it sets.
  public var meaning: String

  /// The name of the key that signs.
  public static let key = ConfigKey(
    name: "key", variable: "SANDRUN_KEY", flag: "--key", fallback: "default",
    meaning: "the key that signs: a name in the keystore or a file")
  /// The file that holds the key's passphrase.
  public static let passphraseFile = ConfigKey(
    name: "passphraseFile", variable: "SANDRUN_PASSPHRASE_FILE", flag: "--passphrase-file",
    fallback: nil, meaning: "the file with the key's passphrase")
  /// How jobs are kept from the machine.
  public static let sandbox = ConfigKey(
    name: "sandbox", variable: "SANDRUN_SANDBOX", flag: "--sandbox", fallback: "bubblewrap",
    meaning: "how jobs are confined: bubblewrap or none")
  /// The wall-clock limit of a new job.
  public static let timeout = ConfigKey(
    name: "defaults.timeout", variable: "SANDRUN_DEFAULTS_TIMEOUT", flag: "--timeout",
    fallback: "10m", meaning: "the time limit of a new job")
  /// The memory limit of a new job.
  public static let memory = ConfigKey(
    name: "defaults.memory", variable: "SANDRUN_DEFAULTS_MEMORY", flag: "--memory",
    fallback: "1GiB", meaning: "the memory limit of a new job")
  /// The consensus of a new job.
  public static let consensus = ConfigKey(
    name: "defaults.consensus", variable: "SANDRUN_DEFAULTS_CONSENSUS", flag: "--consensus",
    fallback: "none", meaning: "how many nodes must agree on a new job's result")

  /// The node that jobs are submitted to.
  public static let endpoint = ConfigKey(
    name: "endpoint", variable: "SANDRUN_ENDPOINT", flag: "--endpoint",
    fallback: "http://127.0.0.1:8443", meaning: "the node that jobs are submitted to")
  /// Where content is fetched from that no node gives.
  public static let gateways = ConfigKey(
    name: "gateways", variable: "SANDRUN_GATEWAYS", flag: "--gateway", fallback: nil,
    meaning: "IPFS gateways to fetch content from, with spaces between")
  /// The Kubo node that content is sent to and fetched from.
  public static let ipfsAPI = ConfigKey(
    name: "ipfsAPI", variable: "SANDRUN_IPFS_API", flag: "--api", fallback: nil,
    meaning: "the address of a Kubo node: a URL or a multiaddr")
  /// The file with what Kubo nodes want to be told.
  public static let ipfsAPIAuth = ConfigKey(
    name: "ipfsAPIAuth", variable: "SANDRUN_IPFS_API_AUTH_FILE", flag: "--api-auth",
    fallback: nil, meaning: "the file with the credentials for Kubo nodes")
  /// Who is asked where content is.
  public static let routing = ConfigKey(
    name: "routing", variable: "SANDRUN_ROUTING", flag: "--routing", fallback: nil,
    meaning: "delegated routers to ask who has content, with spaces between")
  /// The Ethereum node that verbs of the chain speak to.
  public static let ethRPC = ConfigKey(
    name: "ethRPC", variable: "SANDRUN_ETH_RPC", flag: "--rpc-url",
    fallback: "http://127.0.0.1:8545", meaning: "the JSON-RPC addresses of Ethereum nodes")
  /// Where an Ethereum node tells of new blocks.
  public static let ethWS = ConfigKey(
    name: "ethWS", variable: "SANDRUN_ETH_WS", flag: "--ws-url", fallback: nil,
    meaning: "the WebSocket address of an Ethereum node, or none")
  /// What signs instead of a key of ours.
  public static let signer = ConfigKey(
    name: "signer", variable: "SANDRUN_SIGNER", flag: "--signer", fallback: nil,
    meaning: "a command that signs digests, for keys held elsewhere")

  /// All of them.
  public static let table: [ConfigKey] = [
    .key, .passphraseFile, .sandbox, .timeout, .memory, .consensus, .endpoint, .gateways, .routing,
    .ipfsAPI, .ipfsAPIAuth, .ethRPC, .ethWS, .signer,
  ]
}

extension World {
  /// The value of a setting: the flag's, else the environment's, else the file's, else the default; nil where none is.
  ///
  /// An empty variable counts as not set. Throws 78 for a file that is no JSON object of known keys with string values.
  public func setting(_ key: ConfigKey, flag: String? = nil) throws(Failure) -> String? {
    if let flag { return flag }
    if let value = environment[key.variable], !value.isEmpty { return value }
    return try configured()[key.name] ?? key.fallback
  }

  /// Whether a setting has a value of the user's: in the environment or the file.
  public func isSet(_ key: ConfigKey) throws(Failure) -> Bool {
    if let value = environment[key.variable], !value.isEmpty { return true }
    return try configured()[key.name] != nil
  }

  /// What the configuration file says, by the keys' full names.
  func configured() throws(Failure) -> [String: String] {
    let path = try folders.config.appending("config.json")
    let bytes: [UInt8]
    do {
      guard try Files.status(path) != nil else { return [:] }
      bytes = try Files.read(path, limit: 1 << 20)
    } catch {
      throw Failure(.configuration, "\(error)")
    }
    let document: JSON
    do {
      document = try JSON(parsing: bytes)
    } catch {
      throw Failure(.configuration, "malformed \(path): \(error)")
    }
    guard let object = document.object else {
      throw Failure(.configuration, "\(path) holds \(document.kind), not an object")
    }
    var found: [String: String] = [:]
    try collect(object, under: "", from: path.string, into: &found)
    return found
  }

  private static var keyNames: [String] {
    ConfigKey.table.map(\.name) + ConfigFamily.table.map { "\($0.name).NAME" }
  }

  private func collect(
    _ object: JSONObject, under prefix: String, from path: String,
    into found: inout [String: String]
  ) throws(Failure) {
    for member in object.members {
      let name = prefix + member.name
      if let family = ConfigFamily.table.first(where: { $0.name == name }) {
        try family.collect(member.value, from: path, into: &found)
        continue
      }
      if let inner = member.value.object,
        ConfigKey.table.contains(where: { $0.name.hasPrefix(name + ".") })
      {
        try collect(inner, under: name + ".", from: path, into: &found)
        continue
      }
      guard ConfigKey.table.contains(where: { $0.name == name }) else {
        throw Failure(
          .configuration, "unknown key \(JSON.string(name).text) in \(path)",
          hint: "the keys are \(Self.keyNames.joined(separator: ", "))")
      }
      switch member.value {
      case .string(let text): found[name] = text
      case .number(let number): found[name] = number.description
      default:
        throw Failure(
          .configuration,
          "\(JSON.string(name).text) in \(path) is \(member.value.kind), not a string")
      }
    }
  }
}
