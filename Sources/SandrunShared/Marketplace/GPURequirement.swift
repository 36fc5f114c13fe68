public import Records

/// What a job asks of GPUs: `TYPE[:MEMORY[:COUNT]][,compute>=X.Y]`, as in `a100:40GB:4,compute>=8.0`.
public struct GPURequirement: Equatable, Sendable, CustomStringConvertible {
  /// The kind of GPU, lower case: `cuda`, `opencl`, `a100`.
  public var type: String
  /// The least memory of each, in bytes.
  public var memory: Int?
  /// How many.
  public var count: Int
  /// The least compute capability, as `8.0`.
  public var compute: String?

  /// Reads the grammar; throws for anything else.
  public init(_ text: String) throws(UnitError) {
    let failure = UnitError(
      text, expected: "a GPU requirement such as cuda:2GB or a100:40GB:4,compute>=8.0")
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let fields = parts[0].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, fields.count <= 3, Self.isType(fields[0]) else { throw failure }
    self.type = String(fields[0])
    // `cuda::4`: four of any memory.
    let memory = fields.count > 1 && !(fields.count == 3 && fields[1].isEmpty) ? fields[1] : nil
    self.memory = try memory.map { size throws(UnitError) in try ByteSize.parse(String(size)) }
    guard Self.isMemory(self.memory), let count = fields.count > 2 ? Int(fields[2]) : 1,
      (1...1024).contains(count), fields.count < 3 || fields[2] == "\(count)"
    else { throw failure }
    self.count = count
    self.compute = nil
    if parts.count == 2 {
      let bound = parts[1].dropFirst("compute>=".count)
      guard parts[1].hasPrefix("compute>="), Self.isVersion(bound) else { throw failure }
      self.compute = String(bound)
    }
  }

  /// Reads the object that a job record holds.
  public init(_ object: JSONObject) throws(UnitError) {
    let text = JSON.object(object).text
    let failure = UnitError(text, expected: "a GPU requirement with type, memory, count, compute")
    let known = ["type", "memory", "count", "compute"]
    guard object.members.allSatisfy({ known.contains($0.name) }),
      let type = object["type"]?.string, Self.isType(type[...])
    else { throw failure }
    self.type = type
    self.memory = object["memory"]?.integer
    guard object["memory"] == nil || memory != nil, Self.isMemory(memory) else { throw failure }
    let count = object["count"] == nil ? 1 : object["count"]?.integer
    guard let count, (1...1024).contains(count) else { throw failure }
    self.count = count
    self.compute = object["compute"]?.string
    guard object["compute"] == nil || Self.isVersion((compute ?? "")[...]) else { throw failure }
  }

  /// The object for a job record.
  public var json: JSON {
    var object: JSONObject = ["type": .string(type)]
    object["memory"] = memory.map { .integer($0) }
    object["count"] = .integer(count)
    object["compute"] = compute.map { .string($0) }
    return .object(object)
  }

  /// The text of the grammar.
  public var description: String {
    var text = type
    if memory != nil || count != 1 { text += ":\(memory.map(String.init) ?? "")" }
    if count != 1 { text += ":\(count)" }
    return text + (compute.map { ",compute>=\($0)" } ?? "")
  }

  /// A canonical specification holds integers below 2^53 only.
  private static func isMemory(_ memory: Int?) -> Bool { (1..<1 << 53).contains(memory ?? 1) }

  /// `none` would read as no GPU, and ask for one of that name.
  static func isType(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.count <= 64 && text != "none"
      && text.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }
  }

  static func isVersion(_ text: Substring) -> Bool {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 2
      && numbers.allSatisfy { part in
        (1...3).contains(part.count) && part.utf8.allSatisfy { $0 &- 0x30 < 10 }
          && (part.count == 1 || part.first != "0")
      }
  }
}
