import Ethereum
public import Records
import WideInteger

extension Job {
  private static let members = [
    "id", "source", "entrypoint", "interpreter", "args", "env", "inputs", "gpu", "memory",
    "timeout", "outputs", "payment", "consensus", "network", "repository",
  ]

  /// Reads the `job` member of a record and checks every value.
  ///
  /// A member it does not know is refused: what cannot be honoured must not be ignored.
  public init(_ object: JSONObject) throws(JobError) {
    let reader = Reader(object: object)
    try reader.refuseOthers(than: Self.members)
    guard let quorum = Quorum(try reader.text("consensus")) else {
      throw JobError("job.consensus", "is not K-of-N with more than half of at most 15")
    }
    self.init(
      id: try reader.text("id"), entrypoint: try reader.text("entrypoint"),
      memory: try reader.integer("memory"), timeout: try reader.integer("timeout"),
      consensus: quorum)
    source = object["source"] == nil ? nil : try reader.text("source")
    interpreter = object["interpreter"] == nil ? nil : try reader.text("interpreter")
    args = try reader.texts("args")
    env = try reader.object("env") ?? JSONObject()
    outputs = try reader.texts("outputs")
    for (index, element) in try reader.elements("inputs").enumerated() {
      guard let cid = element["cid"]?.string, let name = element["name"]?.string,
        element.object?.members.count == 2
      else { throw JobError("job.inputs[\(index)]", "is no object of cid and name") }
      inputs.append(Input(cid: cid, name: name))
    }
    if let object = try reader.object("gpu") {
      do { gpu = try GPURequirement(object) } catch {
        throw JobError("job.gpu", "is wrong: \(error)")
      }
    }
    if let object = try reader.object("payment") { payment = try Self.payment(object) }
    if let object = try reader.object("repository") {
      let reader = Reader(object: object, prefix: "job.repository.")
      try reader.refuseOthers(than: ["url", "ref", "commit"])
      repository = Repository(
        url: try reader.text("url"), ref: object["ref"] == nil ? nil : try reader.text("ref"),
        commit: try reader.text("commit"))
    }
    if let value = object["network"] {
      guard let flag = value.boolean else {
        throw JobError("job.network", "is \(value.kind), not a boolean")
      }
      network = flag
    }
    try check()
  }

  private static func payment(_ object: JSONObject) throws(JobError) -> Payment {
    let reader = Reader(object: object, prefix: "job.payment.")
    try reader.refuseOthers(than: ["amount", "token"])
    let text = try reader.text("amount")
    guard let amount = try? UInt256(decimal: text), amount.description == text else {
      throw JobError("job.payment.amount", "is no decimal integer below 2^256")
    }
    return Payment(amount: text, token: try Payment.token(reader.text("token")))
  }

  /// The `job` member of a record, its members in a fixed order, what is not set left out.
  public var json: JSONObject {
    var object: JSONObject = ["id": .string(id)]
    object["source"] = source.map { .string($0) }
    object["entrypoint"] = .string(entrypoint)
    object["interpreter"] = interpreter.map { .string($0) }
    if !args.isEmpty { object["args"] = .array(args.map { .string($0) }) }
    if !env.members.isEmpty { object["env"] = .object(env) }
    if !inputs.isEmpty {
      object["inputs"] = .array(inputs.map { ["cid": .string($0.cid), "name": .string($0.name)] })
    }
    object["gpu"] = gpu?.json
    object["memory"] = .integer(memory)
    object["timeout"] = .integer(timeout)
    if !outputs.isEmpty { object["outputs"] = .array(outputs.map { .string($0) }) }
    object["payment"] = payment.map {
      ["amount": .string($0.amount), "token": .string($0.token)]
    }
    object["consensus"] = .string(consensus.description)
    if network { object["network"] = true }
    object["repository"] = repository.map { repository in
      var inner: JSONObject = ["url": .string(repository.url)]
      inner["ref"] = repository.ref.map { .string($0) }
      inner["commit"] = .string(repository.commit)
      return .object(inner)
    }
    return object
  }
}

extension Job.Payment {
  /// What names ether among the tokens.
  public static let ether = "ETH"

  /// `ETH`, or an ERC-20's address in the case of EIP-55; an address with a wrong checksum is refused.
  public static func token(_ text: String) throws(JobError) -> String {
    guard text != ether else { return text }
    do throws(AddressError) {
      return try Address(parsing: text).description
    } catch {
      throw JobError("job.payment.token", "is neither ETH nor an address: \(error)")
    }
  }
}

/// Takes members out of an object with errors that name them.
private struct Reader {
  var object: JSONObject
  var prefix = "job."

  func refuseOthers(than known: [String]) throws(JobError) {
    for member in object.members
    where !known.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
      throw JobError(prefix + member.name, "is not known to this version")
    }
  }

  func text(_ name: String) throws(JobError) -> String {
    guard let value = object[name] else { throw JobError(prefix + name, "is missing") }
    guard let text = value.string else {
      throw JobError(prefix + name, "is \(value.kind), not a string")
    }
    return text
  }

  func integer(_ name: String) throws(JobError) -> Int {
    guard let value = object[name] else { throw JobError(prefix + name, "is missing") }
    guard let integer = value.integer else { throw JobError(prefix + name, "is no integer") }
    return integer
  }

  func object(_ name: String) throws(JobError) -> JSONObject? {
    guard let value = object[name] else { return nil }
    guard let inner = value.object else {
      throw JobError(prefix + name, "is \(value.kind), not an object")
    }
    return inner
  }

  func elements(_ name: String) throws(JobError) -> [JSON] {
    guard let value = object[name] else { return [] }
    guard let elements = value.elements else {
      throw JobError(prefix + name, "is \(value.kind), not an array")
    }
    return elements
  }

  func texts(_ name: String) throws(JobError) -> [String] {
    var texts: [String] = []
    for (index, element) in try elements(name).enumerated() {
      guard let text = element.string else {
        throw JobError("\(prefix)\(name)[\(index)]", "is \(element.kind), not a string")
      }
      texts.append(text)
    }
    return texts
  }
}
