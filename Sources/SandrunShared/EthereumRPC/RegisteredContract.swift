public import ABI
public import Ethereum
internal import Hashing
public import Records
internal import WideInteger

/// A contract that the user gave a name on one chain.
public struct RegisteredContract: Sendable {
  /// What it is called.
  public var name: ContractName
  /// The chain that it lies on.
  public var chain: ChainIdentity
  /// Where it lies.
  public var address: Address
  /// What it takes and gives.
  public var abi: ContractABI
  /// The ABI's own JSON, as it was registered.
  public var definitions: JSON

  /// Names a contract; throws where the JSON is no ABI.
  public init(
    _ name: ContractName, on chain: ChainIdentity, at address: Address, abi definitions: JSON
  ) throws(ABIError) {
    self.name = name
    self.chain = chain
    self.address = address
    self.abi = try ContractABI(json: definitions)
    self.definitions = definitions
  }

  /// What a record tells of it: `name`, `chainId`, `genesis`, `address`.
  public var summary: JSONObject {
    [
      "name": .string("\(name)"), "chainId": .number(chain.number),
      "genesis": .string("\(chain.genesis)"), "address": .string("\(address)"),
    ]
  }

  /// The content of its file: the summary and `abi`.
  var json: JSON {
    var object = summary
    object["abi"] = definitions
    return .object(object)
  }

  /// Reads the content of a file; throws a reason where it is no contract's.
  init(json: JSON) throws(MalformedContract) {
    guard let object = json.object else { throw MalformedContract("\(json.kind), not an object") }
    guard let name = object["name"]?.string.flatMap(ContractName.init) else {
      throw MalformedContract("no \"name\"")
    }
    guard case .number(let number)? = object["chainId"],
      let chainId = try? UInt256(decimal: number.description)
    else { throw MalformedContract("no \"chainId\"") }
    guard let genesis = try? Digest32(hex: object["genesis"]?.string ?? "") else {
      throw MalformedContract("no \"genesis\"")
    }
    guard let address = object["address"]?.string.flatMap({ Address($0) }) else {
      throw MalformedContract("no \"address\"")
    }
    let chain = ChainIdentity(chainId: chainId, genesis: genesis)
    do {
      try self.init(name, on: chain, at: address, abi: object["abi"] ?? .null)
    } catch {
      throw MalformedContract("\"abi\": \(error)")
    }
  }
}

/// Why a file of the registry is none.
struct MalformedContract: Error {
  var reason: String
  init(_ reason: String) { self.reason = reason }
}

extension ChainIdentity {
  var number: JSONNumber { JSONNumber("\(chainId)") ?? JSONNumber(0) }
}
