public import Commands
public import HTTP
public import Records

/// A pinning service as it is configured.
public struct PinningService: Sendable {
  /// What a service speaks.
  public enum Kind: String, Sendable, CaseIterable {
    /// The IPFS Pinning Service API.
    case pinningServiceAPI = "psa"
    /// Pinata's own API.
    case pinata
  }

  /// What the user calls it.
  public var name: String
  /// What it speaks.
  public var kind: Kind
  /// Where it is reached.
  public var url: HTTPURL
  /// What it knows the user by.
  public var token: PinningToken

  /// A service from its parts; 78 for an address that a token may not be sent to.
  public init(
    name: String, kind: Kind, url: String, token: PinningToken
  ) throws(Failure) {
    self.name = name
    self.kind = kind
    self.token = token
    do throws(HTTPURLError) {
      self.url = try HTTPURL(url)
    } catch {
      throw Failure(.configuration, "bad address of the pinning service \(name): \(error)")
    }
    guard !self.url.path.contains("?") else {
      throw Failure(
        .configuration, "bad address of the pinning service \(name): \(self.url) has a query")
    }
    guard self.url.scheme == "https" || self.url.isOfThisMachine else {
      throw Failure(
        .configuration,
        "no token is sent to \(self.url), the pinning service \(name), in the clear",
        code: "insecure", hint: "use https; http is for this machine alone")
    }
  }
}

extension World {
  /// The pinning service of a name: as configured, else a preset; 78 where there is none, or something of it is missing.
  public func pinningService(_ name: String) throws(Failure) -> PinningService {
    func setting(_ setting: String) throws(Failure) -> String? {
      try self.setting(setting, of: name, in: .pinning)
    }
    func variable(_ setting: String) -> String {
      ConfigFamily.pinning.variable(setting, of: name)
    }
    let preset = PinningPreset.table.first { $0.name == name }
    guard let url = try setting("url") ?? preset?.url else {
      let known = PinningPreset.table.filter { $0.url != nil }.map(\.name)
      let configured = try names(in: .pinning)
      guard let preset else {
        throw Failure(
          .configuration, "no pinning service \(JSON.string(name).text)", code: "unknown-remote",
          hint: "known are \(Set(known + configured).sorted().joined(separator: ", ")); "
            + "another one needs pinning.NAME.url in config.json, or \(variable("url"))")
      }
      throw Failure(
        .configuration, "the pinning service \(name) has no address any more", code: "no-url",
        hint:
          "\(preset.advice.map { "\($0); " } ?? "")use another service, or name an address that "
          + "speaks the same: pinning.NAME.url in config.json, or \(variable("url"))")
    }
    let kind = try setting("kind") ?? preset?.kind.rawValue ?? "psa"
    guard let kind = PinningService.Kind(rawValue: kind) else {
      let kinds = PinningService.Kind.allCases.map(\.rawValue).joined(separator: " or ")
      throw Failure(
        .configuration, "the pinning service \(name) is of no kind \(JSON.string(kind).text)",
        hint: "use \(kinds)")
    }
    let file = try setting("tokenFile")
    let command = try setting("tokenCommand")
    guard
      let source = file.map(PinningToken.Source.file) ?? command.map(PinningToken.Source.command)
    else {
      throw Failure(
        .configuration, "no token for the pinning service \(name)", code: "no-token",
        hint:
          "put it into a file of mode 0600 and name that: pinning.NAME.tokenFile in config.json, "
          + "or \(variable("tokenFile"))")
    }
    return try PinningService(
      name: name, kind: kind, url: url, token: PinningToken(source, environment: environment))
  }
}
