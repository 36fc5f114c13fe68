import Dispatch
import Records
import Synchronization

/// What a pipeline takes up: a record, or something on its input that is none.
enum Item: Sendable {
  case record(Record)
  case unreadable(Failure)
}

/// The items of a stream: the arguments where there are any, else the lines of stdin.
final class ItemReader: Sendable {
  private struct State: ~Copyable {
    var arguments: ArraySlice<String>
    var lines: LineReader?
  }

  private let state: Mutex<State>
  private let operandMember: String?
  private let queue = DispatchQueue(label: "sandrun.input")

  init(world: World, operands: [String], operandMember: String?, isNulSeparated: Bool) {
    self.operandMember = operandMember
    self.state = Mutex(
      State(
        arguments: operands[...],
        lines: operands.isEmpty
          ? LineReader(world.input, end: isNulSeparated ? 0 : UInt8(ascii: "\n")) : nil))
  }

  /// The next item, nil at the end; waits for it.
  func next(idle: () throws(Failure) -> Void) throws(Failure) -> Item? {
    try state.withLock { state throws(Failure) -> Item? in
      if let argument = state.arguments.popFirst() { return item(Array(argument.utf8), "operand") }
      guard let line = try state.lines?.next(idle: idle) else { return nil }
      guard let bytes = line.bytes else {
        return .unreadable(
          Failure(
            .data, "line \(line.number) is longer than \(LineReader.lengthLimit >> 20) MiB"))
      }
      return item(bytes, "line \(line.number)")
    }
  }

  /// The next item, waited for on a thread of its own so that the work in hand goes on.
  func nextInBackground(
    idle: @escaping @Sendable () throws(Failure) -> Void
  ) async -> Result<Item?, Failure> {
    await withCheckedContinuation { continuation in
      queue.async {
        do throws(Failure) {
          continuation.resume(returning: .success(try self.next(idle: idle)))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
  }

  private func item(_ bytes: [UInt8], _ place: String) -> Item {
    if bytes.first == UInt8(ascii: "{") {
      do throws(Failure) {
        return .record(try Record(parsing: bytes))
      } catch {
        return .unreadable(Failure(error.status, "\(place): \(error.message)"))
      }
    }
    guard let operandMember else {
      return .unreadable(Failure(.data, "\(place) is no record", hint: "this verb takes records"))
    }
    guard !bytes.isEmpty else { return .unreadable(Failure(.data, "\(place) is empty")) }
    guard let operand = String(validating: bytes, as: UTF8.self) else {
      return .unreadable(Failure(.data, "\(place) is not UTF-8"))
    }
    return .record(Record([operandMember: .string(operand)]))
  }
}
