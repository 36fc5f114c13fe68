import Files
import Marketplace
import Records
import SystemPackage
import Testing

/// The gas that is told beforehand is what the contracts' own tests measured.
@Suite struct MarketGasTests {
  private func measured() throws -> JSON {
    let here = FilePath(#filePath).removingLastComponent()
    return try JSON(
      parsing: Files.read(here.appending("../../../contracts/tests/market/gas.json")))
  }

  @Test(arguments: [(1, "1 of 1"), (3, "2 of 3")])
  func aJobInEtherIsAsItWasMeasured(nodes: Int, name: String) throws {
    let told = try #require(try measured()[name])
    let gas = MarketGas(nodes: nodes, isInToken: false)
    for (gas, method) in [
      (gas.post, "submitJob"), (gas.settle, "settle"), (gas.release, "releasePayment"),
    ] {
      let exact = try #require(told[method]?.integer)
      #expect(abs(Int(gas) - exact) <= exact / 100, "\(method)")
    }
  }

  @Test func aTokenCostsMoreAndManyNodesMost() throws {
    let told = try #require(try measured()["2 of 3 in a token"]?["submitJob"]?.integer)
    let token = MarketGas(nodes: 3, isInToken: true)
    #expect(token.post > UInt64(told))
    #expect(MarketGas(nodes: 15, isInToken: false).total > token.total)
    #expect(MarketGas(nodes: .max, isInToken: false) == MarketGas(nodes: 15, isInToken: false))
    #expect(MarketGas(nodes: .min, isInToken: false) == MarketGas(nodes: 1, isInToken: false))
  }
}
