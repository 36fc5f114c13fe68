extension NodeDescriptor {
  /// The most GPU kinds, and the most interpreters.
  public static let listLimit = 256
  /// The longest endpoint, in bytes: what NodeRegistry takes.
  public static let endpointLimit = 256
  /// The longest other text, in bytes.
  public static let textLimit = 128

  /// Throws for the first value that no descriptor may have.
  public func check() throws(DescriptorError) {
    guard Self.isEndpoint(endpoint) else {
      throw DescriptorError(
        "descriptor.endpoint",
        "is neither empty nor an HTTP URL of at most \(Self.endpointLimit) bytes")
    }
    guard Self.isRegion(region) else {
      throw DescriptorError(
        "descriptor.region", "is not 1 to 64 lower-case letters, digits and '-'")
    }
    guard gpus.count <= Self.listLimit, interpreters.count <= Self.listLimit else {
      throw DescriptorError("descriptor", "has a list of more than \(Self.listLimit) elements")
    }
    for (index, gpu) in gpus.enumerated() { try gpu.check("descriptor.gpus[\(index)]") }
    guard (1...65_536).contains(cpu.cores) else {
      throw DescriptorError("descriptor.cpu.cores", "is \(cpu.cores), not 1 to 65536")
    }
    try Self.checkSize(cpu.memory, "descriptor.cpu.memory", from: 1)
    try Self.checkSize(storage, "descriptor.storage", from: 0)
    for (index, program) in interpreters.enumerated() {
      let path = "descriptor.interpreters[\(index)]"
      guard Self.isPlain(program.name), !program.name.contains("/") else {
        throw DescriptorError("\(path).name", "is no program's name")
      }
      try Self.checkText(program.version, "\(path).version")
    }
  }

  /// Whether NodeRegistry and a descriptor take it: an HTTP URL, or nothing.
  public static func isEndpoint(_ text: String) -> Bool {
    guard !text.isEmpty else { return true }
    let rest = ["http://", "https://"].first { text.hasPrefix($0) }.map {
      text.dropFirst($0.count)
    }
    guard let rest, let first = rest.first, text.utf8.count <= endpointLimit else { return false }
    return first != "/" && !rest.contains { "?#@\\".contains($0) }
      && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
  }

  /// Whether a text names a region.
  public static func isRegion(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.first != "-" && text.last != "-"
      && text.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }
  }

  /// Printable ASCII, no spaces around it: what a stranger wrote goes to terminals.
  static func isPlain(_ text: String) -> Bool {
    (1...textLimit).contains(text.utf8.count) && text.first != " " && text.last != " "
      && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }

  static func checkText(_ text: String?, _ path: String) throws(DescriptorError) {
    guard let text, !isPlain(text) else { return }
    throw DescriptorError(path, "is not 1 to \(textLimit) printable ASCII characters")
  }

  static func checkSize(_ size: Int, _ path: String, from least: Int) throws(DescriptorError) {
    guard size >= least, size < 1 << 53 else {
      throw DescriptorError(path, "is \(size), not \(least) to 2^53-1 bytes")
    }
  }
}

extension NodeDescriptor.GPU {
  func check(_ path: String) throws(DescriptorError) {
    guard GPURequirement.isType(type[...]) else {
      throw DescriptorError("\(path).type", "is not 1 to 64 lower-case letters, digits and '-'")
    }
    try NodeDescriptor.checkText(name, "\(path).name")
    try NodeDescriptor.checkText(driver, "\(path).driver")
    try NodeDescriptor.checkSize(memory, "\(path).memory", from: 1)
    guard (1...1024).contains(count) else {
      throw DescriptorError("\(path).count", "is \(count), not 1 to 1024")
    }
    guard compute == nil || GPURequirement.isVersion((compute ?? "")[...]) else {
      throw DescriptorError("\(path).compute", "is no version such as 8.0")
    }
  }
}
