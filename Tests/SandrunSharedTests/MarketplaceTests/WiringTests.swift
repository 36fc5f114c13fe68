import ABI
import Ethereum
import Hashing
import Marketplace
import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

@Suite("How the contracts are wired") struct WiringTests {
  private let sender = Address("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")

  private func wiring(from nonce: UInt64 = 0) throws -> MarketplaceWiring {
    let sender = try #require(sender)
    return try #require(
      MarketplaceWiring(createdBy: sender, from: nonce, minimumStake: 5, unbonding: 60))
  }

  private func abi(_ contract: MarketplaceContract) throws -> ContractABI {
    let path = Vectors.checkout.appending("contracts/marketplace/\(contract.name).json")
    let artefact = try JSON(parsing: try Vectors.bytes(of: path))
    return try ContractABI(json: try #require(artefact["abi"]))
  }

  @Test("the addresses are those of four nonces that follow each other")
  func addresses() throws {
    // As every chain gives them to the first development account.
    #expect(
      try wiring().addresses.map(\.description) == [
        "0x5FbDB2315678afecb367f032d93F642f64180aa3", "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512",
        "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0", "0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9",
      ])
    let sender = try #require(sender)
    for nonce in [UInt64.max, UInt64.max - 3] {
      #expect(
        MarketplaceWiring(createdBy: sender, from: nonce, minimumStake: 0, unbonding: 1) == nil)
    }
    #expect(
      MarketplaceWiring(createdBy: sender, from: .max - 4, minimumStake: 0, unbonding: 1) != nil)
  }

  @Test("each artefact takes its part of it", arguments: MarketplaceContract.allCases)
  func arguments(contract: MarketplaceContract) throws {
    let wiring = try wiring()
    let bytes = try wiring.arguments(of: contract, abi: try abi(contract))
    let words = stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<$0 + 32]) }
    func word(_ contract: MarketplaceContract) -> [UInt8] { wiring.address(of: contract).word }
    let expected: [[UInt8]] =
      switch contract {
      case .nodeRegistry:
        [
          word(.jobMarketplace), word(.consensusManager), [UInt8](repeating: 0, count: 31) + [5],
          [UInt8](repeating: 0, count: 31) + [60],
        ]
      case .jobMarketplace: [word(.nodeRegistry), word(.consensusManager)]
      case .proofVerification: [word(.jobMarketplace)]
      case .consensusManager:
        [word(.nodeRegistry), word(.jobMarketplace), word(.proofVerification)]
      }
    #expect(words == expected)
  }

  @Test("another contract's artefact, or one that hides its part, is refused")
  func refused() throws {
    let wiring = try wiring()
    #expect(throws: MarketplaceWiringError.self) {
      try wiring.arguments(of: .jobMarketplace, abi: try abi(.proofVerification))
    }
    var silent = try abi(.consensusManager)
    silent.functions.removeAll { $0.name == "proofs" }
    #expect(throws: MarketplaceWiringError.noGetter(.consensusManager, "proofs")) {
      try wiring.arguments(of: .consensusManager, abi: silent)
    }
  }
}
