/// The coding of values as contracts take and give them (Solidity's "Contract ABI Specification").
public enum ABI {
  /// The encoding of a list of values, without a selector: the arguments of a constructor, the result of a function.
  public static func encode(
    _ values: [ABIValue], as types: [ABIType]
  ) throws(ABIError) -> [UInt8] {
    guard values.count == types.count else {
      throw ABIError(.badCount(values.count, expected: types.count, of: "values"))
    }
    let layouts = types.map(ABILayout.init)
    for (index, (value, layout)) in zip(values, layouts).enumerated() {
      do { try layout.check(value) } catch { throw error.inside("[\(index)]") }
    }
    var encoder = ABIEncoder()
    encoder.append(values, layouts)
    return encoder.output
  }

  /// Encodes values for a list of parameters.
  public static func encode(
    _ values: [ABIValue], as parameters: [ABIParameter]
  ) throws(ABIError) -> [UInt8] {
    try encode(values, as: parameters.map(\.type))
  }

  /// The values of an encoding that is exactly what `encode` writes: any other bytes are refused.
  ///
  /// So there are no gaps, no shared or unordered tails, no dirty padding and nothing behind the end. Time and memory
  /// are linear in the data.
  public static func decode(
    _ data: [UInt8], as types: [ABIType]
  ) throws(ABIError) -> [ABIValue] {
    var decoder = ABIDecoder(data: data)
    return try decoder.whole(types.map(ABILayout.init))
  }

  /// Decodes the values of a list of parameters.
  public static func decode(
    _ data: [UInt8], as parameters: [ABIParameter]
  ) throws(ABIError) -> [ABIValue] {
    try decode(data, as: parameters.map(\.type))
  }
}
