import Ethereum
import EthereumRPC
import Files
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

@Suite("Contracts that are registered together") struct ContractSetTests {
  private let scratch: Scratch
  private let registry: ContractRegistry
  private let chain = ChainIdentity(chainId: 7, genesis: Keccak256.hash([0]))
  private let names = ["A", "B", "C"]

  init() throws {
    scratch = try Scratch()
    registry = ContractRegistry(folder: scratch.path.appending("contracts"))
  }

  /// Three contracts, at addresses that tell their set.
  private func set(_ number: UInt8) throws -> [RegisteredContract] {
    try names.map { name in
      try RegisteredContract(
        try #require(ContractName(name)), on: chain,
        at: try Address(bytes: [UInt8](repeating: number, count: 20)),
        abi: ["function get() returns (bool)"])
    }
  }

  /// The sets that the names are of; nil where a name is free.
  private func found() throws -> [UInt8?] {
    try set(0).map { one in
      try registry.read(registry.path(of: one.name, on: chain))?.address.bytes[0]
    }
  }

  @Test("all are registered, and again where they are")
  func all() throws {
    #expect(try registry.taken(by: set(1)) == [])
    try registry.add(set(1))
    try registry.add(set(1))
    #expect(try found() == [1, 1, 1])
    #expect(try registry.taken(by: set(1)) == [])
    #expect(try registry.taken(by: set(2)).map(\.description) == names)
    #expect(try registry.paths().count == 3)
  }

  @Test("what a crash has left of them is completed")
  func rest() throws {
    try registry.add(try set(1)[1])
    try registry.add(set(1))
    #expect(try found() == [1, 1, 1])
  }

  @Test("a name that another has leaves all as it was")
  func taken() throws {
    let other = try set(2)[2]
    try registry.add(other)
    #expect(throws: ContractRegistryError.taken(other.name, chain)) { try registry.add(set(1)) }
    #expect(try found() == [nil, nil, 2])
  }

  @Test("others are replaced where that is asked for, even by what cannot be read")
  func replaced() throws {
    try registry.add(set(1))
    try Files.writeAtomically([0x7b], to: registry.path(of: set(1)[0].name, on: chain))
    try registry.add(set(2), replacing: true)
    #expect(try found() == [2, 2, 2])
  }

  @Test("what a crash has left beside the names is cleared away")
  func staged() throws {
    try registry.add(set(1))
    let stage = try Files.parent(of: registry.path(of: set(1)[0].name, on: chain)).appending(".set")
    try Files.makeDirectories(stage.appending("new"))
    try Files.writeAtomically([0x7b], to: stage.appending("new").appending("A.json"))
    try registry.add(set(2), replacing: true)
    #expect(try found() == [2, 2, 2])
    #expect(try Files.status(stage) == nil)
  }

  @Test("a name whose file cannot be read is nobody's to give, and nothing is touched")
  func unreadable() throws {
    let path = try registry.path(of: set(1)[2].name, on: chain)
    try Files.makeDirectories(path)
    #expect(throws: ContractRegistryError.self) { try registry.add(set(1)) }
    #expect(try Files.status(registry.path(of: set(1)[0].name, on: chain)) == nil)
  }
}
