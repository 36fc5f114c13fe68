public import Commands
internal import Records
internal import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A progress bar on stderr, where that is a terminal and nobody asked for quiet; elsewhere it does nothing.
public final class Transfer: Sendable {
  private let world: World
  private let name: String
  private let total: Int?
  private let isShown: Bool
  private let last = Mutex<(time: ContinuousClock.Instant, width: Int)?>(nil)

  /// A bar with a name and, where it is known, how many bytes there are in all.
  public init(_ name: String, of total: Int?, in world: World) {
    self.world = world
    self.name = name
    self.total = total
    isShown = world.verbosity != .quiet && isatty(STDERR_FILENO) == 1
  }

  /// Shows how many bytes went so far, at most ten times a second.
  public func update(_ sent: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    last.withLock { last in
      if let last, now - last.time < .milliseconds(100), sent != total { return }
      let line = text(sent)
      write("\r" + line + String(repeating: " ", count: max(0, (last?.width ?? 0) - line.count)))
      last = (now, line.count)
    }
  }

  /// Takes the bar away.
  public func finish() {
    last.withLock { last in
      guard let width = last?.width else { return }
      write("\r" + String(repeating: " ", count: width) + "\r")
      last = nil
    }
  }

  private func text(_ sent: Int) -> String {
    guard let total, total > 0 else { return "\(name) \(ByteSize.shown(sent))" }
    let share = min(1, Double(sent) / Double(total))
    let done = Int(share * 24)
    let bar = String(repeating: "#", count: done) + String(repeating: ".", count: 24 - done)
    return "\(name) [\(bar)] \(Int(share * 100)) % of \(ByteSize.shown(total))"
  }

  private func write(_ text: String) { try? world.errors.write(Array(text.utf8)) }
}
