internal import Ethereum
internal import Hashing
internal import Records
internal import WideInteger

extension ABIValue {
  /// Appends the compact text of `json`, without building it.
  func write(to output: inout [UInt8]) {
    switch self {
    case .uint(let value):
      output.append(UInt8(ascii: "\""))
      value.writeDecimal(to: &output)
      output.append(UInt8(ascii: "\""))
    case .address(let address):
      output.append(UInt8(ascii: "\""))
      address.write(to: &output)
      output.append(UInt8(ascii: "\""))
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .bytes(let bytes):
      output.append(UInt8(ascii: "\""))
      Hex.encode(bytes.span, to: &output)
      output.append(UInt8(ascii: "\""))
    case .string(let text): JSON.write(text, to: &output)
    case .int: json.write(to: &output)
    case .array(let values), .tuple(let values): Self.write(values, to: &output)
    }
  }

  private static func write(_ values: [ABIValue], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      value.write(to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }
}

extension [ABIEvent.Argument] {
  /// Appends the compact text of an array of the arguments' `json`.
  func write(to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (index, argument) in enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      switch argument {
      case .value(let value): value.write(to: &output)
      case .hash: argument.json.write(to: &output)
      }
    }
    output.append(UInt8(ascii: "]"))
  }
}
