import Testing

@testable import NodeEngine

@Suite struct WaitingLineTests {
  @Test("positions are those of a sorted list, whatever comes and goes")
  func positions() {
    var line = WaitingLine()
    var model: [Int64] = []
    for step in 0..<20_000 {
      let number = Int64.random(in: 0..<3000)
      switch Int.random(in: 0..<3) {
      case 0:
        line.insert(number)
        if !model.contains(number) { model = (model + [number]).sorted() }
      case 1:
        line.remove(number)
        model.removeAll { $0 == number }
      default:
        if let first = model.first {
          line.remove(first)
          model.removeFirst()
        }
      }
      guard step % 50 == 0 else { continue }
      #expect(line.count == model.count)
      for (position, number) in model.enumerated() {
        #expect(line.position(of: number) == position)
      }
      #expect(line.position(of: -1) == nil)
    }
  }
}
