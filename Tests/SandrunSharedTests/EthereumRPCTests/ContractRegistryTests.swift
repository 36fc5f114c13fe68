import ABI
import Ethereum
import EthereumRPC
import Files
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("The registry of contracts") struct ContractRegistryTests {
  private let scratch: Scratch
  private let registry: ContractRegistry
  private let chain = ChainIdentity(chainId: 7, genesis: Keccak256.hash([0]))
  private let twin = ChainIdentity(chainId: 7, genesis: Keccak256.hash([1]))
  private let abi: JSON = ["function get(uint8 a) returns (bool)", "function put(uint8 a)"]

  init() throws {
    scratch = try Scratch()
    registry = ContractRegistry(folder: scratch.path.appending("contracts"))
  }

  private func contract(
    _ name: String, _ chain: ChainIdentity? = nil, abi: JSON? = nil
  ) throws -> RegisteredContract {
    let address = try Address(bytes: [UInt8](repeating: 7, count: 20))
    return try RegisteredContract(
      try #require(ContractName(name)), on: chain ?? self.chain, at: address,
      abi: abi ?? self.abi)
  }

  @Test("gives what it was given")
  func roundTrip() throws {
    #expect(try registry.paths() == [])
    let token = try contract("Token")
    try registry.add(token)
    let found = try registry.contract(token.name, on: chain)
    #expect(found.address == token.address && found.abi == token.abi)
    #expect(found.definitions == token.definitions)
    #expect(try registry.paths() == [registry.path(of: token.name, on: chain)])
    #expect(throws: ContractRegistryError.taken(token.name, chain)) { try registry.add(token) }
    try registry.add(token, replacing: true)
    try registry.remove(token.name, on: chain)
    #expect(throws: ContractRegistryError.notFound(token.name, chain, elsewhere: [])) {
      try registry.remove(token.name, on: chain)
    }
  }

  @Test("tells chains with one id apart")
  func chains() throws {
    let token = try contract("Token")
    try registry.add(token)
    #expect(throws: ContractRegistryError.notFound(token.name, twin, elsewhere: [chain])) {
      try registry.contract(token.name, on: twin)
    }
    #expect(throws: ContractRegistryError.self) { try registry.find("Token.get", on: twin) }
    #expect(try registry.find("Token.get")?.method == "get")
    try registry.add(try contract("Token", twin))
    #expect(try registry.find("Token.get")?.method == "get")
    try registry.add(try contract("Token", twin, abi: ["function get()"]), replacing: true)
    #expect(throws: ContractRegistryError.ambiguous(token.name)) { try registry.find("Token.get") }
  }

  @Test("finds contracts and their methods, and leaves addresses and names of ENS alone")
  func references() throws {
    for name in ["Token", "coin"] { try registry.add(try contract(name)) }
    #expect(try registry.find("Token", on: chain)?.method == nil)
    #expect(try registry.find("Token.get(uint8)", on: chain)?.method == "get(uint8)")
    #expect(try registry.find("coin.put", on: chain)?.contract.name.description == "coin")
    for text in [
      "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", "vitalik.eth", "coin.eth", "Token.eth",
      "coin.com", "nobody", "nobody.get", "Token.", "", ".", "a b",
    ] {
      #expect(try registry.find(text, on: chain) == nil, "\(text)")
    }
    #expect(throws: ContractRegistryError.self) { try registry.find("Token.gett", on: chain) }
    #expect(throws: ContractRegistryError.self) { try registry.find("Token.get(bool)", on: chain) }
    #expect(try registry.mayHold("Token.anything") && !registry.mayHold("vitalik.eth"))
  }

  @Test(
    "has names that are no addresses and no paths",
    arguments: [
      "", "-a", "0x1", "0xToken", "0Xabc", "d8dA6BF26964aF9D7eEd9e03E53415D37aA96045", "a.b", "a/b",
      "..", "a b", "ä",
      String(repeating: "a", count: 129),
    ])
  func names(text: String) { #expect(ContractName(text) == nil) }

  @Test(
    "refuses files that are none",
    arguments: [
      "", "{", "[]", "{}", "{\"name\":\"Token\"}",
      "{\"name\":\"Token\",\"chainId\":\"7\",\"genesis\":\"0x00\",\"address\":\"0x00\",\"abi\":[]}",
    ])
  func spoiled(text: String) throws {
    let token = try contract("Token")
    try registry.add(token)
    let path = registry.path(of: token.name, on: chain)
    try Files.writeAtomically(Array(text.utf8), to: path)
    #expect(throws: ContractRegistryError.self) { try registry.contract(token.name, on: chain) }
    // A file that was copied to another name or chain is another contract's.
    let other = registry.path(of: try #require(ContractName("Other")), on: chain)
    try registry.add(token, replacing: true)
    try Files.writeAtomically(try Files.read(path), to: other)
    #expect(throws: ContractRegistryError.self) {
      try registry.contract(try #require(ContractName("Other")), on: chain)
    }
  }

  @Test("waits for no pipe that lies among its files") func pipe() throws {
    let token = try contract("Token")
    try registry.add(token)
    let path = registry.path(of: token.name, on: chain)
    try Files.removeTree(path)
    #expect(unsafe mkfifo(path.string, 0o600) == 0)
    #expect(throws: ContractRegistryError.self) { try registry.contract(token.name, on: chain) }
    #expect(throws: ContractRegistryError.self) { try registry.read(path) }
  }

  @Test("makes calls of signatures, names and methods")
  func calls() throws {
    try registry.add(try contract("Token"))
    let abi = try ContractABI(json: abi)
    let expected = try ContractCall("get(uint8)", arguments: [5], registry: registry)
    #expect(
      try expected.data() == [UInt8](Keccak256.hash(Array("get(uint8)".utf8)).bytes.prefix(4))
        + [UInt8](repeating: 0, count: 31) + [5])
    let calls = [
      try ContractCall("get", arguments: ["0x05"], abi: abi, registry: registry),
      try ContractCall("get", parsing: ["5"], to: "Token", registry: registry, chain: chain),
      try ContractCall("Token.get", arguments: ["a": 5], registry: registry),
    ]
    for call in calls { #expect(try call.data() == expected.data()) }
    #expect(throws: ContractRegistryError.noInterface("get")) {
      try ContractCall("get", arguments: [5], registry: registry)
    }
    #expect(throws: ContractRegistryError.noInterface("Coin.get")) {
      try ContractCall("Coin.get", arguments: [5], registry: registry)
    }
    #expect(throws: ContractRegistryError.self) {
      try ContractCall("Token.get", parsing: ["256"], registry: registry)
    }
  }
}
