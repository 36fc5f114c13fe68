internal import HTTPTypes
internal import IPFS
internal import Marketplace
internal import NodeEngine
internal import Records

/// What a submitter says of a job, in the words of the node API; every word is understood, or refused by its name.
struct Manifest: Equatable, Sendable {
  var entrypoint: String?
  var interpreter: String?
  var args: [String] = []
  var variables = JSONObject()
  /// One of the node's environments.
  var template: String?
  var outputs: [String] = []
  var timeout: Int?
  var memory: Int?
  var gpu: GPURequirement?
  /// A specification that the node holds, and the code that goes with it, in place of all else.
  var content: (specification: CID, code: CID)?
  /// Where the job's payment lies.
  var escrow: Escrow?

  /// Reads a manifest, or what the fluent clients call metadata.
  init(_ bytes: [UInt8]) throws(RequestError) {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch {
      throw RequestError(.badRequest, "the manifest is no JSON", details: "\(error)")
    }
    guard let object = json.object else {
      throw RequestError(.badRequest, "the manifest is \(json.kind), not an object")
    }
    var specification: CID?
    var code: CID?
    for member in object.members where member.value != .null {
      let value = member.value
      switch member.name {
      case "entrypoint": entrypoint = try Self.text(member)
      case "interpreter": interpreter = try Self.text(member)
      case "args": args = try Self.texts(member)
      case "env": try add(member)
      case "environment":
        if let name = value.string { template = name } else { try add(member) }
      case "outputs": outputs = try Self.texts(member)
      case "timeout": timeout = try Self.number(member)
      case "memory_mb", "memory":
        guard memory == nil else { throw Self.wrong(member.name, "is memory a second time") }
        memory =
          try member.name == "memory" ? Self.bytes(member) : Self.megabytes(member)
      case "gpu": gpu = try Self.gpu(member)
      case "spec": specification = try Self.cid(member)
      case "code": code = try Self.cid(member)
      case "escrow": escrow = try Self.escrow(member)
      default: throw Self.wrong(member.name, "is not known to this node")
      }
    }
    if let specification, let code {
      content = (specification, code)
      let others = object.members.first {
        $0.value != .null && !["spec", "code", "escrow"].contains($0.name)
      }
      if let others { throw Self.wrong(others.name, "goes with no 'spec': that tells all") }
    } else if specification != nil || code != nil {
      throw Self.wrong(code == nil ? "code" : "spec", "is missing: 'spec' and 'code' go together")
    } else if escrow != nil {
      throw Self.wrong("escrow", "goes with 'spec' and 'code', which the chain has too")
    }
  }

  static func == (one: Manifest, other: Manifest) -> Bool {
    one.entrypoint == other.entrypoint && one.interpreter == other.interpreter
      && one.args == other.args && one.variables == other.variables
      && one.template == other.template && one.outputs == other.outputs
      && one.timeout == other.timeout && one.memory == other.memory && one.gpu == other.gpu
      && one.content?.specification == other.content?.specification
      && one.content?.code == other.content?.code && one.escrow == other.escrow
  }

  /// An error that names a member.
  static func wrong(_ name: String, _ problem: String) -> RequestError {
    RequestError(.badRequest, "the manifest's \(JSON.string(name).text) \(problem)")
  }

  private mutating func add(_ member: JSONObject.Member) throws(RequestError) {
    guard let object = member.value.object else {
      throw Self.wrong(member.name, "is \(member.value.kind), not an object")
    }
    // Before they are looked up among each other.
    guard object.members.count + variables.members.count <= Job.variableLimit else {
      throw Self.wrong(member.name, "has more than \(Job.variableLimit) variables")
    }
    for variable in object.members {
      guard variables[variable.name] == nil else {
        throw Self.wrong(member.name, "sets \(JSON.string(variable.name).text) a second time")
      }
      variables[variable.name] = .string(
        try Self.text(variable, as: "\(member.name).\(variable.name)"))
    }
  }

  private static func text(
    _ member: JSONObject.Member, as name: String? = nil
  ) throws(RequestError) -> String {
    guard let text = member.value.string else {
      throw wrong(name ?? member.name, "is \(member.value.kind), not a string")
    }
    return text
  }

  private static func texts(_ member: JSONObject.Member) throws(RequestError) -> [String] {
    guard let elements = member.value.elements else {
      throw wrong(member.name, "is \(member.value.kind), not an array")
    }
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      guard let text = element.string else {
        throw wrong("\(member.name)[\(index)]", "is \(element.kind), not a string")
      }
      texts.append(text)
    }
    return texts
  }

  private static func number(_ member: JSONObject.Member) throws(RequestError) -> Int {
    guard let number = member.value.integer else { throw wrong(member.name, "is no integer") }
    return number
  }

  private static func megabytes(_ member: JSONObject.Member) throws(RequestError) -> Int {
    let number = try number(member)
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << 20)
    guard !overflow, number > 0 else { throw wrong(member.name, "is no amount of memory") }
    return bytes
  }

  /// `8GB`, or a number of bytes.
  private static func bytes(_ member: JSONObject.Member) throws(RequestError) -> Int {
    if let number = member.value.integer { return number }
    guard let text = member.value.string, let bytes = try? ByteSize.parse(text) else {
      throw wrong(member.name, "is no amount of memory, such as 2GB")
    }
    return bytes
  }

  /// The grammar of GPU requirements, or an object of its parts.
  private static func gpu(_ member: JSONObject.Member) throws(RequestError) -> GPURequirement {
    do throws(UnitError) {
      if let text = member.value.string { return try GPURequirement(text) }
      guard var object = member.value.object else {
        throw UnitError(member.value.text, expected: "a GPU requirement such as cuda:2GB")
      }
      if let text = object["memory"]?.string {
        object["memory"] = .integer(try ByteSize.parse(text))
      }
      return try GPURequirement(object)
    } catch {
      throw wrong(member.name, "is refused: \(error)")
    }
  }

  private static func escrow(_ member: JSONObject.Member) throws(RequestError) -> Escrow {
    guard let escrow = Escrow(member.value) else {
      throw wrong(member.name, "is no escrow: it has jobId, chainId, contract and verifier")
    }
    return escrow
  }

  private static func cid(_ member: JSONObject.Member) throws(RequestError) -> CID {
    guard let cid = member.value.string.flatMap({ try? CID(parsing: $0) }) else {
      throw wrong(member.name, "is no CID")
    }
    return cid
  }
}
