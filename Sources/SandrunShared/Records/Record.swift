/// One line of a stream: a JSON object that a stage reads, adds its own member to, and passes on.
///
/// What a stage does not touch leaves byte for byte as it came (design: the record, rule 1).
public struct Record: Sendable {
  /// How a record came to a verb: rule 9 trusts only what the user named himself.
  public enum Origin: Sendable {
    /// As a record on the input.
    case record
    /// Made of an operand that was a line of the input.
    case line
    /// Made of an operand that was an argument.
    case argument
  }

  /// The line, its members in place.
  public var text: ObjectText

  /// How it came here.
  public var origin = Origin.record

  /// A record from a line without its newline.
  public init(parsing line: [UInt8]) throws(Failure) {
    do {
      self.text = try ObjectText(parsing: line)
    } catch {
      throw Failure(.data, "malformed record: \(error)")
    }
  }

  /// A record from a text that was checked.
  public init(_ text: ObjectText) { self.text = text }

  /// A record from values.
  public init(_ object: JSONObject = JSONObject()) { self.text = ObjectText(object) }

  /// The line without its newline.
  public var bytes: [UInt8] { text.bytes }

  /// Whether there is a member of this name.
  public func has(_ name: String) -> Bool { text.has(name) }

  /// A member's value; nil where there is none.
  public subscript(name: String) -> JSON? {
    get throws(Failure) {
      do {
        return try text.value(of: name)
      } catch {
        throw Failure(.data, "malformed \(JSON.string(name).text): \(error)")
      }
    }
  }

  /// A member that must be a string: the verb's operand.
  public func operand(_ name: String) throws(Failure) -> String {
    guard let value = try self[name] else {
      throw Failure(.data, "the record has no \(JSON.string(name).text)")
    }
    guard let text = value.string else {
      throw Failure(.data, "\(JSON.string(name).text) is \(value.kind), not a string")
    }
    return text
  }

  /// The member `path`, the operand of verbs that take files.
  ///
  /// One with a NUL is refused: a system would cut it off there, and take another file.
  public func path() throws(Failure) -> String {
    let path = try operand("path")
    guard !path.utf8.contains(0) else {
      throw Failure(
        .data, "\"path\" has a NUL in it",
        hint: "take items that end with NUL, as find -print0 writes them: -0")
    }
    return path
  }

  /// A member that must be an object; nil where there is none.
  public func object(_ name: String) throws(Failure) -> JSONObject? {
    guard let value = try self[name] else { return nil }
    guard let object = value.object else {
      throw Failure(.data, "\(JSON.string(name).text) is \(value.kind), not an object")
    }
    return object
  }

  /// A member that must be an object, by its own bytes, to be edited in part; nil where there is none.
  public func objectText(_ name: String) throws(Failure) -> ObjectText? {
    guard let value = text.text(of: name) else { return nil }
    do {
      return try ObjectText(parsing: Array(value))
    } catch {
      throw Failure(.data, "malformed \(JSON.string(name).text): \(error)")
    }
  }

  /// The record with a member replaced where it stands, or added at the end.
  public func setting(_ name: String, to value: JSON) -> Record {
    setting(name, toText: value.bytes)
  }

  /// The record with a member given by its own JSON text, which must be well formed.
  public func setting(_ name: String, toText value: [UInt8]) -> Record {
    var copy = self
    copy.text.set(name, to: value)
    return copy
  }

  /// The record without a member.
  public func removing(_ name: String) -> Record {
    var copy = self
    copy.text.remove(name)
    return copy
  }
}
