/// Why bytes are not JSON (RFC 8259), and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was wrong.
  public enum Reason: Equatable, Sendable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case trailingBytes
    case badNumber
    case badEscape
    case loneSurrogate
    case controlCharacter(UInt8)
    case badUTF8
    case tooDeep(limit: Int)
    case duplicateName(String)
    case notAnObject
    case tooLong(limit: Int)
  }

  /// What was wrong.
  public var reason: Reason
  /// The byte it was found at, from 0.
  public var offset: Int
  /// The line of that byte, from 1.
  public var line: Int
  /// The column of that byte in its line, in bytes from 1.
  public var column: Int

  init(_ reason: Reason, at offset: Int, in source: Span<UInt8>) {
    self.reason = reason
    self.offset = offset
    var line = 1
    var lineStart = 0
    for index in 0..<min(offset, source.count) where source[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    self.line = line
    self.column = offset - lineStart + 1
  }

  /// `unexpected byte 0x2c at line 1, column 7 (offset 6)`.
  public var description: String {
    "\(reasonText) at line \(line), column \(column) (offset \(offset))"
  }

  /// What was wrong, without the place.
  public var reasonText: String {
    switch reason {
    case .unexpectedEnd: "unexpected end"
    case .unexpectedByte(let byte): "unexpected \(Self.shown(byte))"
    case .trailingBytes: "something after the value"
    case .badNumber: "malformed number"
    case .badEscape: "malformed escape"
    case .loneSurrogate: "escape of half a surrogate pair"
    case .controlCharacter(let byte): "unescaped control character \(Self.shown(byte))"
    case .badUTF8: "malformed UTF-8"
    case .tooDeep(let limit): "nesting deeper than \(limit)"
    case .duplicateName(let name): "duplicate name \(JSON.string(name).text)"
    case .notAnObject: "no JSON object"
    case .tooLong(let limit): "text longer than \(limit) bytes"
    }
  }

  private static func shown(_ byte: UInt8) -> String {
    if byte > 0x20, byte < 0x7f { return "'\(Character(Unicode.Scalar(byte)))'" }
    let digits = String(byte, radix: 16)
    return "byte 0x\(digits.count == 1 ? "0" : "")\(digits)"
  }
}
