import ABI
import Hashing
import Records

/// Events and errors, on the way back from what `decode` writes.
extension ABIRecordEncoder {
  func encode(log: ObjectText) throws(Failure) -> ObjectText {
    let name = event == nil ? try text("event", of: log) : ""
    let arguments = try value("args", of: log) ?? []
    var log = log
    do throws(ABIError) {
      let source = ABISource(abi: abi ?? ContractABI(), name: name)
      let event = if let event { event } else { try source.event() }
      let (topics, data) = try event.encode(try event.arguments(arguments))
      for (name, value) in EncodedLog(topics: topics, data: data).members {
        log.set(name, to: value.bytes)
      }
    } catch {
      throw Failure(error, in: "\"log\"")
    }
    return log
  }

  func encode(revert: ObjectText) throws(Failure) -> JSON {
    guard revert.has("error") else { return try value("data", of: revert) ?? "0x" }
    let name = try text("error", of: revert)
    let arguments = try value("args", of: revert) ?? []
    do throws(ABIError) {
      let source =
        name.contains("(")
        ? try ABISource(signature: name, .error) : ABISource(abi: abi ?? ContractABI(), name: name)
      let error = try source.error()
      return .string(Hex.encode(try error.encode(try ABIValue.list(arguments, as: error.inputs))))
    } catch {
      throw Failure(error, in: "\"revert\"")
    }
  }
}
