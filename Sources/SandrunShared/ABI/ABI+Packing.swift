internal import Ethereum
public import Hashing
internal import WideInteger

extension ABI {
  /// The packed encoding of Solidity's `abi.encodePacked`: values side by side, elements of arrays padded to words.
  ///
  /// It is ambiguous and cannot be decoded. Tuples, and arrays of `bytes` or `string`, have none.
  public static func encodePacked(
    _ values: [ABIValue], as types: [ABIType]
  ) throws(ABIError) -> [UInt8] {
    guard values.count == types.count else {
      throw ABIError(.badCount(values.count, expected: types.count, of: "values"))
    }
    var output: [UInt8] = []
    for (index, (value, type)) in zip(values, types).enumerated() {
      do {
        try ABILayout(type).check(value)
        try pack(value, type, into: &output)
      } catch {
        throw error.inside("[\(index)]")
      }
    }
    return output
  }

  private static func pack(
    _ value: ABIValue, _ type: ABIType, into output: inout [UInt8]
  ) throws(ABIError) {
    switch (type, value) {
    case (.uint(let bits), .uint(let value)): output += value.bytes.suffix(bits / 8)
    case (.int(let bits), .int(let value)): output += value.bytes.suffix(bits / 8)
    case (_, .bool(let value)): output.append(value ? 1 : 0)
    case (_, .address(let address)): output += address.bytes
    case (_, .bytes(let bytes)): output += bytes
    case (_, .string(let text)): output += text.utf8
    case (.array(let element), .array(let values)),
      (.fixedArray(let element, _), .array(let values)):
      for value in values { try packElement(value, element, into: &output) }
    default: throw ABIError(.unknownType("packed \(type)"))
    }
  }

  private static func packElement(
    _ value: ABIValue, _ type: ABIType, into output: inout [UInt8]
  ) throws(ABIError) {
    switch type {
    case .array, .fixedArray: try pack(value, type, into: &output)
    case .bytes, .string, .tuple: throw ABIError(.unknownType("packed array of \(type)"))
    default: output += try encode([value], as: [type])
    }
  }

  /// The hash that an event keeps in a topic for an indexed value of a reference type.
  ///
  /// It is taken of the bytes of `bytes` and `string` themselves, and of the words of all elements and components in
  /// turn, with no lengths and no offsets (section "Encoding of Indexed Event Parameters").
  public static func topicHash(_ value: ABIValue, as type: ABIType) throws(ABIError) -> Digest32 {
    try ABILayout(type).check(value)
    var output: [UInt8] = []
    switch value {
    case .bytes(let bytes) where type == .bytes: output = bytes
    case .string(let text): output = Array(text.utf8)
    default: appendInPlace(value, type, to: &output)
    }
    return Keccak256.hash(output)
  }

  private static func appendInPlace(
    _ value: ABIValue, _ type: ABIType, to output: inout [UInt8]
  ) {
    switch (type, value) {
    case (.array(let element), .array(let values)),
      (.fixedArray(let element, _), .array(let values)):
      for value in values { appendInPlace(value, element, to: &output) }
    case (.tuple(let components), .tuple(let values)):
      for (value, component) in zip(values, components) {
        appendInPlace(value, component.type, to: &output)
      }
    case (.bytes, .bytes(let bytes)): appendPadded(bytes, to: &output)
    case (_, .string(let text)): appendPadded(Array(text.utf8), to: &output)
    default:
      var encoder = ABIEncoder()
      encoder.append([value], [ABILayout(type)])
      output += encoder.output
    }
  }

  private static func appendPadded(_ bytes: [UInt8], to output: inout [UInt8]) {
    output += bytes
    output.append(contentsOf: repeatElement(0, count: -bytes.count & 31))
  }
}
