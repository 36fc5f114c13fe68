import Records

/// Why a value has no canonical form here.
public enum CanonicalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A number that is no integer between -(2^53-1) and 2^53-1, with its path.
  case number(String, path: String)
  /// A null, with its path.
  case null(path: String)

  /// What is wrong, naming the member.
  public var description: String {
    switch self {
    case .number(let text, let path): "\(path) is \(text): only integers below 2^53 have one form"
    case .null(let path): "\(path) is null"
    }
  }
}

/// The one form of a JSON value that everybody computes alike: RFC 8785 (JCS), narrowed to what needs no number format.
enum CanonicalJSON {
  /// Members sorted by the UTF-16 units of their names, no white space, integers in plain digits.
  ///
  /// Refuses null and every number but integers below 2^53, so that no two writers can differ.
  static func write(
    _ value: JSON, path: String, to output: inout [UInt8]
  ) throws(CanonicalError) {
    switch value {
    case .null: throw .null(path: path)
    case .number(let number):
      guard let integer = number.integer, integer.magnitude < 1 << 53 else {
        throw .number(number.description, path: path)
      }
      output += String(integer).utf8
    case .bool, .string: value.write(to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        try write(element, path: "\(path)[\(index)]", to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let object):
      output.append(UInt8(ascii: "{"))
      let members = object.members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        JSON.write(member.name, to: &output)
        output.append(UInt8(ascii: ":"))
        try write(member.value, path: "\(path).\(member.name)", to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }
}
