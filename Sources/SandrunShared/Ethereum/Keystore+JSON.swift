public import Records
internal import Hashing

extension Keystore {
  /// Reads a file's bytes.
  public init(parsing bytes: [UInt8]) throws(KeystoreError) {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch { throw .notJSON(error) }
    try self.init(json)
  }

  /// Reads a file's JSON: strict in what matters, and members it does not know are passed over.
  public init(_ json: JSON) throws(KeystoreError) {
    guard let file = json.object else { throw .malformed("keystore", "\(json.kind), no object") }
    guard let version = file["version"] else { throw .missing("version") }
    guard version.integer == 3 else { throw .unsupported("version", version.text) }
    // The first clients wrote the name with a capital.
    guard let crypto = file["crypto"] ?? file["Crypto"] else { throw .missing("crypto") }
    let cipher = try Self.text(crypto, "cipher")
    guard cipher == "aes-128-ctr" else { throw .unsupported("cipher", cipher) }
    guard let parameters = crypto["kdfparams"] else { throw .missing("kdfparams") }
    let derivation = try Self.derivation(try Self.text(crypto, "kdf"), parameters)
    let derivedLength = try Self.number(parameters, "dklen", of: "kdfparams.")
    guard (1...1024).contains(derivedLength) else {
      throw .malformed("kdfparams.dklen", "not 1 to 1024")
    }
    guard let cipherParameters = crypto["cipherparams"] else { throw .missing("cipherparams") }
    let iv = try Self.bytes(cipherParameters, "iv", of: "cipherparams.")
    guard iv.count == 16 else {
      throw .malformed("cipherparams.iv", "\(iv.count) bytes, not 16")
    }
    self.init(
      id: file["id"]?.string, address: try Self.address(file["address"]), derivation: derivation,
      salt: try Self.bytes(parameters, "salt", of: "kdfparams."), derivedLength: derivedLength,
      iv: iv, ciphertext: try Self.bytes(crypto, "ciphertext"),
      mac: try Self.bytes(crypto, "mac"))
  }

  private static func derivation(
    _ name: String, _ parameters: JSON
  ) throws(KeystoreError) -> KeyDerivation {
    let derivation: KeyDerivation
    switch name {
    case "scrypt":
      derivation = .scrypt(
        n: try number(parameters, "n", of: "kdfparams."),
        r: try number(parameters, "r", of: "kdfparams."),
        p: try number(parameters, "p", of: "kdfparams."))
    case "pbkdf2":
      let function = try text(parameters, "prf", of: "kdfparams.")
      guard function == "hmac-sha256" else { throw .unsupported("kdfparams.prf", function) }
      derivation = .pbkdf2(rounds: try number(parameters, "c", of: "kdfparams."))
    default: throw .unsupported("kdf", name)
    }
    if let objection = derivation.objection { throw objection }
    return derivation
  }

  private static func text(
    _ json: JSON, _ name: String, of path: String = ""
  ) throws(KeystoreError) -> String {
    guard let value = json[name] else { throw .missing(path + name) }
    guard let text = value.string else { throw .malformed(path + name, "\(value.kind), no string") }
    return text
  }

  private static func number(
    _ json: JSON, _ name: String, of path: String
  ) throws(KeystoreError) -> Int {
    guard let value = json[name] else { throw .missing(path + name) }
    guard let number = value.integer else { throw .malformed(path + name, "no small integer") }
    return number
  }

  private static func bytes(
    _ json: JSON, _ name: String, of path: String = ""
  ) throws(KeystoreError) -> [UInt8] {
    let text = try text(json, name, of: path)
    // The definition has no prefix; some writers put one.
    let digits = text.hasPrefix("0x") ? String(text.dropFirst(2)) : text
    do { return try Hex.decode(digits: digits) } catch {
      throw .malformed(path + name, "no pairs of hexadecimal digits")
    }
  }

  private static func address(_ json: JSON?) throws(KeystoreError) -> Address? {
    // Writers that keep the account private leave the member out, or empty.
    guard let json, json != .null, json.string != "" else { return nil }
    guard let text = json.string else { throw .malformed("address", "\(json.kind), no string") }
    do {
      return try Address(parsing: text.hasPrefix("0x") ? text : "0x" + text)
    } catch {
      throw .malformed("address", error.description)
    }
  }

  /// The file's JSON, members in the order that other writers use.
  public var json: JSON {
    var file: JSONObject = [:]
    file["address"] = address.map { .string(Hex.digits($0.bytes)) }
    file["crypto"] = [
      "cipher": "aes-128-ctr",
      "cipherparams": ["iv": .string(Hex.digits(iv))],
      "ciphertext": .string(Hex.digits(ciphertext)),
      "kdf": .string(functionName),
      "kdfparams": parameters,
      "mac": .string(Hex.digits(mac)),
    ]
    file["id"] = id.map { .string($0) }
    file["version"] = 3
    return .object(file)
  }

  private var functionName: String {
    switch derivation {
    case .scrypt: "scrypt"
    case .pbkdf2: "pbkdf2"
    }
  }

  private var parameters: JSON {
    let length = JSON.integer(derivedLength)
    let salt = JSON.string(Hex.digits(salt))
    return switch derivation {
    case .scrypt(let n, let r, let p):
      [
        "dklen": length, "n": .integer(n), "p": .integer(p), "r": .integer(r), "salt": salt,
      ]
    case .pbkdf2(let rounds):
      ["c": .integer(rounds), "dklen": length, "prf": "hmac-sha256", "salt": salt]
    }
  }
}
