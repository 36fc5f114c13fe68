public import Ethereum
public import Records
internal import Hashing
internal import Synchronization

/// Turns what a user writes for an account into its address: an address itself, or a name of ENS.
///
/// A name is asked for once by a process: the registry for its resolver, the resolver for the address. Wildcards
/// (ENSIP-10) and answers from beyond the chain (EIP-3668) are not followed.
public final class AddressResolver: Sendable {
  /// The registry on Ethereum and its test chains.
  public static let wellKnownRegistry = "0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e"

  private let client: EthereumClient
  private let registry: Address?
  private let known = Mutex<[ENSName: Address]>([:])

  /// A resolver that asks a node for names at a registry; without a registry names are refused.
  public init(_ client: EthereumClient, registry: Address?) {
    self.client = client
    self.registry = registry
  }

  /// The address that a text is or names.
  ///
  /// The node is asked by the client of the record in hand, where there is one. Throws 65 for a text that is neither,
  /// a wrong EIP-55 checksum, a name that is not registered or has no address.
  public func resolve(
    _ text: String, asking node: EthereumClient? = nil
  ) async throws(Failure) -> Address {
    if let address = try Self.address(text) { return address }
    let name: ENSName
    do throws(ENSNameError) { name = try ENSName(parsing: text) } catch {
      throw Failure(.data, "\(JSON.string(text).text) is no address and no ENS name: \(error)")
    }
    guard let registry else {
      throw Failure(
        .data, "\(JSON.string(text).text) is no address", hint: "--no-ens looks up no names")
    }
    if let address = known.withLock({ $0[name] }) { return address }
    let address = try await look(up: name, at: registry, asking: node ?? client.forRecord())
    guard !address.bytes.allSatisfy({ $0 == 0 }) else {
      throw Failure(.data, "the ENS name \(name) has no address", code: "no-such-name")
    }
    known.withLock { $0[name] = address }
    return address
  }

  /// Whether a text is an address by itself; nil where it looks like a name; throws 65 for a spoiled address.
  public static func address(_ text: String) throws(Failure) -> Address? {
    do throws(AddressError) { return try Address(parsing: text) } catch {
      // Names have a dot; what has none was meant as an address.
      guard isName(text) else {
        throw Failure(.data, "\(JSON.string(text).text) is no address: \(error)")
      }
      return nil
    }
  }

  /// Whether a text can only be meant as a name.
  static func isName(_ text: String) -> Bool { !text.hasPrefix("0x") && text.contains(".") }

  private func look(
    up name: ENSName, at registry: Address, asking client: EthereumClient
  ) async throws(Failure) -> Address {
    // resolver(bytes32)
    let first = Self.request("0x0178b8bf", name, of: registry)
    guard let resolver = try await Self.ask(client, first) else {
      throw Failure(
        .data, "no ENS registry at \(registry) on this chain", code: "no-ens",
        hint: "see --ens-registry")
    }
    guard resolver.bytes.contains(where: { $0 != 0 }) else { return resolver }
    // addr(bytes32)
    guard let address = try await Self.ask(client, Self.request("0x3b3b57de", name, of: resolver))
    else {
      throw Failure(.data, "the resolver \(resolver) of the ENS name \(name) is no contract")
    }
    return address
  }

  private static func request(
    _ selector: String, _ name: ENSName, of contract: Address
  ) -> RPCRequest {
    let data = selector + Hex.digits(name.hash.bytes)
    return RPCRequest(
      "eth_call", [["to": .string("\(contract)"), "data": .string(data)], "latest"])
  }

  /// Asks a contract for an address; nil where there is no contract.
  private static func ask(
    _ client: EthereumClient, _ request: RPCRequest
  ) async throws(Failure) -> Address? {
    do throws(RPCError) {
      let answer = RPCValue(try await client.call(request), method: request.method)
      let bytes = try answer.data()
      if bytes.isEmpty { return nil }
      guard bytes.count == 32, bytes.prefix(12).allSatisfy({ $0 == 0 }),
        let address = try? Address(bytes: bytes.suffix(20))
      else { throw answer.flaw("no address where ENS is asked for one") }
      return address
    } catch {
      throw Failure(error)
    }
  }
}
