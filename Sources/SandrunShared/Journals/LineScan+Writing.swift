internal import Files
internal import SystemPackage

extension LineScan {
  /// Appends a line's bytes behind those so far; throws where the text is no line's.
  mutating func write(
    _ text: [UInt8], to bytes: inout [UInt8], in path: FilePath
  ) throws(JournalError) {
    try Self.check(text, in: path)
    writeChecked(text, to: &bytes)
  }

  mutating func writeChecked(_ text: [UInt8], to bytes: inout [UInt8]) {
    checksum = JournalLine.write(text, after: checksum, to: &bytes)
    offset += JournalLine.prefixLength + text.count + 1
    count += 1
  }

  /// Refuses a text that would not be read again: an object on one line, not too long.
  static func check(_ text: [UInt8], in path: FilePath) throws(JournalError) {
    guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}"),
      !text.contains(UInt8(ascii: "\n"))
    else { throw .file(FileError("write", path, .invalidArgument)) }
    guard text.count < JournalLine.lengthLimit else {
      throw .file(FileError("write", path, .fileTooLarge))
    }
  }

  /// Reads a file without a head from its start, its first line a header; cuts a last line that is not whole.
  mutating func readWhole(
    _ file: OpenFile, header: [UInt8], _ body: (JournalLine) throws(JournalError) -> Void
  ) throws(JournalError) {
    let end = try filing { () throws(FileError) in try file.size() }
    let rest = try run(file, to: end) { (line) throws(JournalError) in
      guard line.number == 1 else { return try body(line) }
      try line.check(header: header, in: file.path)
    }
    guard count > 0 else { throw .damaged(file.path, place, .noHeader) }
    switch rest {
    case .nothing: return
    case .torn: break
    case .bad(let flaw, _): throw .damaged(file.path, place, flaw)
    }
    let length = offset
    try filing { () throws(FileError) in
      try file.truncate(to: length)
      try file.sync()
    }
  }
}

extension JournalLine {
  /// Throws where the line is not the header that is expected.
  func check(header: [UInt8], in path: FilePath) throws(JournalError) {
    guard text.elementsEqual(header) else {
      throw .otherHeader(path, found: String(decoding: text.prefix(256), as: UTF8.self))
    }
  }
}
