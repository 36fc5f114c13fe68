import ABI
import Commands
import Records

extension ABIRecordDecoder {
  /// The log with its event and arguments.
  func decode(log: ObjectText) throws(Failure) -> ObjectText {
    let encoded = try EncodedLog(log)
    var log = log
    do throws(ABIError) {
      let event: ABIEvent
      let arguments: [ABIEvent.Argument]
      switch definition {
      case .event(let named):
        event = named
        arguments = try named.decode(topics: encoded.topics, data: encoded.data)
      case .any(let index):
        (event, arguments) = try index.decode(topics: encoded.topics, data: encoded.data)
      case .types, .function: return log
      }
      log.set("event", to: JSON.string(event.signature).bytes)
      log.set("args", to: JSON.array(arguments.map(\.json)).bytes)
    } catch {
      throw Failure(error, in: "\"log\"")
    }
    return log
  }

  /// Of a receipt those logs are decoded that are of what is known; the others are left as they are.
  func decode(receipt: ObjectText) throws(Failure) -> ObjectText {
    var receipt = receipt
    guard let text = receipt.text(of: "logs") else {
      throw Failure(.data, "\"receipt\" has no \"logs\"")
    }
    do throws(JSONError) {
      var logs = try ArrayText(parsing: Array(text))
      for (index, log) in logs.elements.enumerated() {
        let log = try ObjectText(parsing: log)
        if let decoded = try? decode(log: log) { logs.elements[index] = decoded.bytes }
      }
      receipt.set("logs", to: logs.bytes)
    } catch {
      throw Failure(.data, "malformed \"receipt\": \(error)")
    }
    return receipt
  }
}
