import ABI
import Commands
import Hashing
import Records

/// What is read out of records' bytes.
struct ABIRecordDecoder: Sendable {
  enum Definition: Sendable {
    case types([ABIParameter])
    case function(ABIFunction)
    case event(ABIEventDecoder)
    case any(ABIIndex)
  }

  private let mode: ABIMode
  let world: World
  let definition: Definition

  init(
    _ signature: String?, _ mode: ABIMode, abi: ContractABI?, in world: World
  ) throws(Failure) {
    self.world = world
    if let signature, signature.hasPrefix("(") {
      guard mode == .call || mode == .constructor || mode == .returns else {
        throw Failure(.usage, "a list of types is no signature", hint: "it has no name in front")
      }
      self.mode = .constructor
      definition = .types(try Encode.types(signature))
      return
    }
    self.mode = mode
    if mode == .error, signature == nil {
      definition = .any(ABIIndex(abi ?? ContractABI()))
      return
    }
    if mode == .constructor {
      definition = .types(try Self.constructor(signature, abi))
      return
    }
    let source = try ABISource(signature, mode, abi: abi, in: world)
    guard source.name != nil else {
      guard mode != .returns else {
        throw Failure(.usage, "which function gave it back is not said", hint: "name it")
      }
      definition = .any(ABIIndex(source.abi))
      return
    }
    do throws(ABIError) {
      switch mode {
      case .event: definition = .event(ABIEventDecoder(try source.event()))
      case .error: definition = .any(ABIIndex(ContractABI(errors: [try source.error()])))
      default: definition = .function(try source.function())
      }
    } catch {
      throw Failure(error)
    }
  }

  private static func constructor(
    _ signature: String?, _ abi: ContractABI?
  ) throws(Failure) -> [ABIParameter] {
    guard let signature else { return abi?.constructor?.inputs ?? [] }
    do throws(ABIError) { return try ABIConstructor(parsing: signature).inputs } catch {
      throw Failure(.usage, "malformed constructor '\(signature)': \(error)")
    }
  }

  /// The record with what its bytes mean.
  func decode(_ input: Record) throws(Failure) -> Record {
    switch mode {
    case .event:
      if !input.has("log"), let receipt = try input.objectText("receipt") {
        return input.setting("receipt", toText: try decode(receipt: receipt).bytes)
      }
      guard let log = try input.objectText("log") else {
        throw Failure(
          .data, "the record has no \"log\"", hint: "a log is {\"log\":{\"topics\":[…],\"data\":…}}"
        )
      }
      return input.setting("log", toText: try decode(log: log).bytes)
    case .call:
      guard let transaction = try input.objectText("tx") else {
        return Record(try decode(call: input.text))
      }
      guard try !data(of: transaction, or: []).isEmpty else { return input }
      return input.setting("tx", toText: try decode(call: transaction).bytes)
    case .returns:
      guard case .function(let function) = definition else { return input }
      return input.setting("function", to: .string(function.signature))
        .setting("result", to: try values(of: input.text, as: function.outputs))
    case .constructor:
      guard case .types(let types) = definition else { return input }
      return input.setting("types", to: .string(types.canonicalTypes))
        .setting("args", to: try values(of: input.text, as: types))
    case .error:
      let data = try data(of: input.text)
      guard case .any(let index) = definition else { return input }
      return input.setting("revert", to: RevertReason(decoding: data, index: index).json)
    }
  }

  private func decode(call: ObjectText) throws(Failure) -> ObjectText {
    let data = try data(of: call)
    var call = call
    do throws(ABIError) {
      let function: ABIFunction
      switch definition {
      case .function(let named): function = named
      case .any(let index): function = try index.function(calledBy: data)
      case .types, .event: return call
      }
      let arguments = try function.decodeCall(data)
      call.set("function", to: JSON.string(function.signature).bytes)
      call.set("args", to: JSON.array(arguments.map(\.json)).bytes)
    } catch {
      throw Failure(error)
    }
    return call
  }

  private func values(
    of object: ObjectText, as types: [ABIParameter]
  ) throws(Failure) -> JSON {
    let data = try data(of: object)
    do throws(ABIError) { return .array(try ABI.decode(data, as: types).map(\.json)) } catch {
      throw Failure(error)
    }
  }

  /// The bytes of a member `data`.
  private func data(of object: ObjectText, or fallback: [UInt8]? = nil) throws(Failure) -> [UInt8] {
    let value: JSON?
    do throws(JSONError) { value = try object.value(of: "data") } catch {
      throw Failure(.data, "malformed \"data\": \(error)")
    }
    guard let value, value != .null else {
      if let fallback { return fallback }
      throw Failure(.data, "the record has no \"data\"")
    }
    do {
      return try Hex.decode(value.string ?? "")
    } catch {
      let shown = value.text.utf8.count > 80 ? "\(value.text.prefix(76))…\"" : value.text
      throw Failure(.data, "\(shown) is not 0x and pairs of hexadecimal digits")
    }
  }
}
