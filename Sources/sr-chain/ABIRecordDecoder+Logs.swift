import ABI
import Commands
import Records

extension ABIRecordDecoder {
  /// The log with its event and arguments.
  func decode(log: ObjectText) throws(Failure) -> ObjectText {
    let encoded = try EncodedLog(log)
    var log = log
    do throws(ABIError) {
      let decoded: DecodedLog
      switch definition {
      case .event(let event):
        decoded = try event.decode(topics: encoded.topics, data: encoded.data)
      case .any(let index):
        decoded = try index.decode(topics: encoded.topics, data: encoded.data)
      case .types, .function: return log
      }
      decoded.write(to: &log)
    } catch {
      var failure = Failure(error, in: "\"log\"")
      // It is the event by its name and types; what is indexed has no part in the topic.
      if failure.code != "unknown-selector" {
        failure.hint = "is 'indexed' said of the right parameters?"
      }
      throw failure
    }
    return log
  }

  /// Of a receipt those logs are decoded that are of what is known; the others are left as they are.
  ///
  /// A log of a known topic that does not fit is told: tokens' `Transfer` is of two shapes, so that it is no failure.
  func decode(receipt: ObjectText) throws(Failure) -> ObjectText {
    var receipt = receipt
    guard let text = receipt.text(of: "logs") else {
      throw Failure(.data, "\"receipt\" has no \"logs\"")
    }
    do throws(JSONError) {
      var logs = try ArrayText(parsing: Array(text))
      for (index, log) in logs.elements.enumerated() {
        let log = try ObjectText(parsing: log)
        do throws(Failure) { logs.elements[index] = try decode(log: log).bytes } catch {
          guard error.code != "unknown-selector" else { continue }
          let hint = error.hint.map { "; \($0)" } ?? ""
          world.note("logs[\(index)] of \"receipt\" stays as it is: \(error.message)\(hint)")
        }
      }
      receipt.set("logs", to: logs.bytes)
    } catch {
      throw Failure(.data, "malformed \"receipt\": \(error)")
    }
    return receipt
  }
}
