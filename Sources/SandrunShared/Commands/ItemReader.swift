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
  private let isNulSeparated: Bool
  private let queue = DispatchQueue(label: "sandrun.input")

  init(world: World, operands: [String], operandMember: String?, isNulSeparated: Bool) {
    self.operandMember = operandMember
    self.isNulSeparated = isNulSeparated
    self.state = Mutex(
      State(
        arguments: operands[...],
        lines: operands.isEmpty
          ? LineReader(world.input, end: isNulSeparated ? 0 : UInt8(ascii: "\n")) : nil))
  }

  /// The next item, nil at the end; waits for it.
  func next(idle: () throws(Failure) -> Void) throws(Failure) -> Item? {
    try state.withLock { state throws(Failure) -> Item? in
      if let argument = state.arguments.popFirst() {
        return item(Array(argument.utf8), "operand", .argument)
      }
      guard let line = try state.lines?.next(idle: idle) else { return nil }
      guard let bytes = line.bytes else {
        return .unreadable(
          Failure(
            .data, "line \(line.number) is longer than \(LineReader.lengthLimit >> 20) MiB"))
      }
      return item(bytes, "line \(line.number)", .line)
    }
  }

  /// The next item, waited for on a thread of its own so that the work in hand goes on.
  func nextInBackground(_ output: PipelineOutput) async -> Result<Item?, Failure> {
    await withCheckedContinuation { continuation in
      queue.async {
        do throws(Failure) {
          // While this waits for input, what is done meanwhile goes out at once.
          let item = try self.next(idle: { () throws(Failure) in try output.wait(for: true) })
          try output.wait(for: false)
          continuation.resume(returning: .success(item))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
  }

  private func item(_ bytes: [UInt8], _ place: String, _ origin: Record.Origin) -> Item {
    if bytes.first == UInt8(ascii: "{") {
      do throws(JSONError) {
        // Between NULs, or in an argument, a record may stand on many lines; it leaves on one. A newline inside a
        // string is no JSON, so that each of them is white space.
        let hasLines = origin == .argument || isNulSeparated
        let line =
          hasLines ? bytes.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 } : bytes
        _ = hasLines ? try ObjectText(parsing: bytes) : nil
        return .record(Record(try ObjectText(parsing: line)))
      } catch {
        return .unreadable(
          Failure(
            .data,
            "\(place): malformed record: \(error.reasonText) at column \(error.column) (offset \(error.offset))"
          ))
      }
    }
    guard let operandMember else {
      return .unreadable(Failure(.data, "\(place) is no record", hint: "this verb takes records"))
    }
    guard !bytes.isEmpty else { return .unreadable(Failure(.data, "\(place) is empty")) }
    guard let operand = String(validating: bytes, as: UTF8.self) else {
      return .unreadable(Failure(.data, "\(place) is not UTF-8"))
    }
    var record = Record([operandMember: .string(operand)])
    record.origin = origin
    return .record(record)
  }
}
