import EthereumRPC
import Hashing
import Testing
import WideInteger

@Suite("Chains") struct ChainIdentityTests {
  @Test("with one id differ by block 0") func genesis() {
    #expect(
      ChainIdentity(chainId: 1337, genesis: Keccak256.hash([0]))
        != ChainIdentity(chainId: 1337, genesis: Keccak256.hash([1])))
  }
}
