import Commands
import Records

/// Records that answer no input, gathered so that many cost one write; whoever writes them flushes at the end.
struct Lines {
  private let world: World
  private var held: [UInt8] = []

  init(in world: World) { self.world = world }

  mutating func write(_ record: Record) throws(Failure) {
    held += record.bytes
    held.append(UInt8(ascii: "\n"))
    if held.count >= 1 << 16 { try flush() }
  }

  mutating func flush() throws(Failure) {
    guard !held.isEmpty else { return }
    try world.output.write(held)
    held.removeAll(keepingCapacity: true)
  }
}
