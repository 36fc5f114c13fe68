import ABI
import Commands
import EthereumRPC
import Hashing
import Records

/// The way back from what `decode` writes into records.
struct ABIRecordEncoder: Sendable {
  var abi: ContractABI?
  var registry: ContractRegistry
  var mode: ABIMode
  /// The types that the command line names; else the record does.
  private var types: [ABIParameter]?
  private(set) var event: ABIEvent?

  init(abi: ContractABI?, registry: ContractRegistry, mode: ABIMode) {
    self.abi = abi
    self.registry = registry
    self.mode = mode
  }

  /// The encoder of records where the parameters give no arguments: no parameter, or a definition that takes some.
  func filter(_ words: [String], in world: World) throws(Failure) -> ABIRecordEncoder? {
    var filter = self
    if words.isEmpty {
      guard mode == .constructor else { return self }
      filter.types = abi?.constructor?.inputs
      return filter.types?.isEmpty == false ? filter : nil
    }
    guard words.count == 1, mode == .event || mode == .returns else { return nil }
    let source = try ABISource(words[0], mode, abi: abi, in: world)
    do throws(ABIError) {
      if mode == .event {
        filter.event = try source.event()
        return filter.event?.inputs.isEmpty == false ? filter : nil
      }
      filter.types = try source.function().outputs
      return filter.types?.isEmpty == false ? filter : nil
    } catch {
      throw Failure(error)
    }
  }

  /// The record with the bytes of what it tells.
  func encode(_ input: Record) throws(Failure) -> Record {
    switch mode {
    case .event:
      guard let log = try input.objectText("log") else {
        throw Failure(.data, "the record has no \"log\"")
      }
      return input.setting("log", toText: try encode(log: log).bytes)
    case .error:
      guard let revert = try input.objectText("revert") else {
        throw Failure(.data, "the record has no \"revert\"")
      }
      return input.setting("data", to: try encode(revert: revert))
    case .returns:
      return input.setting("data", to: try encode(list: "result", of: input.text))
    case .constructor:
      return input.setting("data", to: try encode(list: "args", of: input.text))
    case .call:
      if let transaction = try input.objectText("tx") {
        return input.setting("tx", toText: try encode(transaction: transaction).bytes)
      }
      guard input.has("function") else {
        guard input.has("types") else {
          throw Failure(.data, "the record has no \"tx\", no \"function\" and no \"types\"")
        }
        return input.setting("data", to: try encode(list: "args", of: input.text))
      }
      return input.setting("data", to: try encode(call: input.text, to: nil))
    }
  }

  /// A transaction without a function, such as a plain payment, is left as it is.
  private func encode(transaction: ObjectText) throws(Failure) -> ObjectText {
    guard transaction.has("function") else { return transaction }
    guard !transaction.has("raw") else {
      throw Failure(.data, "the transaction is signed already: its data cannot change")
    }
    var transaction = transaction
    let to = try value("to", of: transaction)?.string
    transaction.set("data", to: try encode(call: transaction, to: to).bytes)
    return transaction
  }

  private func encode(call: ObjectText, to: String?) throws(Failure) -> JSON {
    let function = try text("function", of: call)
    let arguments = try value("args", of: call) ?? []
    do throws(ContractRegistryError) {
      let call = try ContractCall(
        function, arguments: arguments, to: to, abi: abi, registry: registry)
      return .string(Hex.encode(try call.data()))
    } catch {
      throw Failure(error)
    }
  }

  private func encode(list member: String, of object: ObjectText) throws(Failure) -> JSON {
    let values = try value(member, of: object) ?? []
    let given = types == nil ? try text("types", of: object) : ""
    do throws(ABIError) {
      let types = if let types { types } else { try [ABIParameter](parsing: given) }
      return .string(Hex.encode(try ABI.encode(try ABIValue.list(values, as: types), as: types)))
    } catch {
      throw Failure(error, in: "\"\(member)\"")
    }
  }

  func value(_ name: String, of object: ObjectText) throws(Failure) -> JSON? {
    do throws(JSONError) { return try object.value(of: name) } catch {
      throw Failure(.data, "malformed \"\(name)\": \(error)")
    }
  }

  func text(_ name: String, of object: ObjectText) throws(Failure) -> String {
    guard let value = try value(name, of: object) else {
      throw Failure(.data, "the record has no \"\(name)\"")
    }
    guard let text = value.string else {
      throw Failure(.data, "\"\(name)\" is \(value.kind), not a string")
    }
    return text
  }
}
