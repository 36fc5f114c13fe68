/// The head of one part of a form.
struct PartHead: Equatable, Sendable {
  /// The field's name.
  var name: String
  /// The file's name, where the part is a file.
  var fileName: String?

  init(name: String, fileName: String? = nil) {
    self.name = name
    self.fileName = fileName
  }

  /// Reads the lines of a head; nil where they do not name a field.
  init?(_ text: String) {
    var disposition: FieldParameters?
    for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      guard line[..<colon].lowercased() == "content-disposition" else { continue }
      guard disposition == nil else { return nil }
      disposition = FieldParameters(String(line[line.index(after: colon)...]))
    }
    guard let disposition, disposition.value.lowercased() == "form-data",
      let name = disposition["name"], !name.isEmpty
    else { return nil }
    self.name = name
    fileName = disposition["filename"]
    if let extended = disposition["filename*"] {
      guard let decoded = Self.decoded(extended) else { return nil }
      fileName = decoded
    }
  }

  /// `UTF-8''na%C3%AFve` (RFC 8187).
  private static func decoded(_ text: String) -> String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
    var bytes: [UInt8] = []
    var rest = parts[2].utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.next(), let low = rest.next(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

/// A field's value and the parameters behind it: `form-data; name="a"; filename="b c"` (RFC 9110, section 5.6.6).
struct FieldParameters {
  /// What stands before the first semicolon.
  private(set) var value = ""
  private var parameters: [(name: String, value: String)] = []

  init(_ text: String) {
    var rest = text[...]
    value = Self.trimmed(Self.take(&rest))
    while !rest.isEmpty {
      let part = Self.take(&rest)
      guard let equals = part.firstIndex(of: "=") else { continue }
      let name = Self.trimmed(part[..<equals]).lowercased()
      parameters.append((name, Self.plain(Self.trimmed(part[part.index(after: equals)...]))))
    }
  }

  /// The first parameter of a name.
  subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// What comes before the next semicolon that stands in no quotes.
  private static func take(_ rest: inout Substring) -> Substring {
    var isQuoted = false
    var isEscaped = false
    for index in rest.indices {
      let character = rest[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\", isQuoted {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ";", !isQuoted {
        defer { rest = rest[rest.index(after: index)...] }
        return rest[..<index]
      }
    }
    defer { rest = "" }
    return rest
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }

  /// A quoted string without its quotes; browsers write a quote in it as `%22`, others as `\"`.
  private static func plain(_ text: String) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    var plain = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        // Before anything else a backslash is one: Windows' paths.
        plain += character == "\"" || character == "\\" ? "\(character)" : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        plain.append(character)
      }
    }
    if isEscaped { plain += "\\" }
    return plain.replacing("%22", with: "\"")
  }
}
