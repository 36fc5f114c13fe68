import ABI
import Testing

@Suite("ABI types") struct ABITypeTests {
  @Test("differ by their bits") func bits() { #expect(ABIType.uint(8) != .uint(256)) }
}
