import Commands
import EventStreams
import Records
import Synchronization

/// Writes the records of a stream's logs, and remembers how it is to end.
final class EventsOutput: EventSink {
  /// What is held at most before it is written.
  private static let limit = 64 << 10

  private let writer: EventWriter
  private let world: World
  private let failure = Mutex<Failure.Status?>(nil)

  init(_ writer: EventWriter, in world: World) {
    self.writer = writer
    self.world = world
  }

  /// The first failure's status; `done` where there was none.
  var status: Failure.Status { failure.withLock { $0 } ?? .done }

  /// Writes a step's lines; all of them are out when it returns.
  func take(_ step: EventStep, _ position: EventPosition) throws(Failure) {
    var held: [UInt8] = []
    for log in step.logs {
      switch writer.outcome(for: log, isRemoved: step.isRemoval) {
      case .none: continue
      case .record(let record): held += record.bytes
      case .failed(let record, let error):
        world.report(error)
        failure.withLock { $0 = $0 ?? error.status }
        let member = error.member(tool: world.tool, verb: Events.verb)
        held += record.setting("error", to: member).bytes
      }
      held.append(UInt8(ascii: "\n"))
      if held.count >= Self.limit {
        try write(held)
        held.removeAll(keepingCapacity: true)
      }
    }
    if !held.isEmpty { try write(held) }
  }

  /// A reader that takes nothing keeps the stream waiting, but not from ending.
  private func write(_ lines: [UInt8]) throws(Failure) {
    try world.output.write(lines: lines, until: world.interruption)
  }

  /// Ends with the reader, as other filters do: the next event may be days away.
  func rest() throws(Failure) { try world.output.check() }
}
