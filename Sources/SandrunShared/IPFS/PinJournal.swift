internal import Files
internal import Hashing

/// The content of `pins/journal`, as far as it was read: a line for each pin that was added or removed, the last one about a block counts.
///
/// A line is the CRC-32C of what follows the space behind it, in eight hexadecimal digits; a space; `+`, `recursive` or `direct`, the CID
/// and, where it has been given one, `=` and the name, or `-` and the CID; all parted by single spaces, and a newline. In a name `%`, spaces
/// and control characters are written `%XX`. The first line says `sandrun-pins 1`, how long the file was when it was last written anew, and,
/// in sixteen digits made up at random, which writing that was; without the latter it is of an older program.
///
/// Lines are appended under the lock of `pins/lock` and synced. A last line without a newline, or a stretch of NULs that nothing follows,
/// was never promised to anybody: readers pass over it, and the next writer cuts it off. A power cut in the midst of a long append may leave
/// such a stretch with whole lines behind it: these count, and the next writer writes the file anew. Any other line that does not fit its
/// checksum, or a NUL in what was written anew and so was on disk as a whole, is damage: the other lines are read all the same, and nothing
/// is removed from the repository until a person has looked.
struct PinJournal {
  /// No line is longer: a CID, and a name with every byte escaped.
  static let maximumLineLength = 2048
  /// So much longer than twice its length when it was last written anew, and the journal is written anew.
  static let slack = 1 << 20
  /// So many bytes tell a file from another: more than a first line has.
  static let sampleLength = 96

  private struct Entry {
    var pin: Pin
    var order: Int
  }

  /// Which file was read, by its device and number; another one may bear the number later.
  private var place: (device: UInt64, number: UInt64)?
  /// Its first and its last bytes, as far as it was read.
  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  /// Where the last whole line ends.
  private(set) var offset = 0
  /// Where the next line belongs: behind all that was ever promised.
  private(set) var end = 0
  /// Where the first damaged line begins.
  private(set) var damage: Int?
  /// Whether whole lines lie behind a stretch that was never written.
  private(set) var hasHole = false
  /// Whether there was such a stretch at all.
  private var isHollow = false
  /// What is before this was on disk before the file bore its name.
  private var written = 0
  /// Changes whenever a pin does.
  private(set) var revision = 0
  private var entries: [CID: Entry] = [:]
  private var order = 0

  var count: Int { entries.count }

  /// Whether the first line is not there.
  var isHeadless: Bool { written == 0 }

  /// The pins, in the order in which they were added.
  var pins: [Pin] { entries.values.sorted { $0.order < $1.order }.map(\.pin) }

  /// The pin of a block, whichever version its CID has.
  subscript(cid: CID) -> Pin? { entries[cid.v1]?.pin }

  /// Reads what was appended since; all anew where another file bears the name.
  mutating func read(_ file: OpenFile) throws(FileError) {
    let size = try file.size()
    if try !isContinued(by: file, size) {
      let revision = revision
      self = PinJournal()
      self.revision = revision + 1
      place = try file.place()
    }
    isHollow = hasHole
    var line = Line(start: offset)
    var next = offset
    while next < size {
      let bytes = try file.read(at: next, count: min(1 << 20, size - next))
      guard !bytes.isEmpty else { break }
      take(bytes, at: next, &line)
      next += bytes.count
    }
    // What was promised does not end in the midst of a line.
    if !line.isEmpty, line.start < written { damage = damage ?? line.start }
    end = max(offset, min(written, size))
    head = try file.read(at: 0, count: min(Self.sampleLength, offset))
    tail = try file.read(
      at: max(0, offset - Self.sampleLength), count: min(Self.sampleLength, offset))
  }

  /// Whether a file is the one that was read, and still has what was read of it.
  private func isContinued(by file: OpenFile, _ size: Int) throws(FileError) -> Bool {
    guard let place, size >= offset else { return false }
    let found = try file.place()
    guard found == place else { return false }
    let first = try file.read(at: 0, count: head.count)
    let last = try file.read(at: offset - tail.count, count: tail.count)
    return first == head && last == tail
  }

  /// A line of which more may come.
  private struct Line {
    /// Where it begins.
    var start: Int
    /// Its bytes, none that lie before a NUL; of too long a one only the first.
    var bytes: [UInt8] = []
    /// Whether there was a NUL in it.
    var isTorn = false

    var isEmpty: Bool { bytes.isEmpty && !isTorn }

    mutating func append(_ more: ArraySlice<UInt8>) {
      if let end = more.lastIndex(of: 0) {
        isTorn = true
        bytes = Array(more[(end + 1)...].prefix(PinJournal.maximumLineLength + 1))
      } else {
        bytes += more.prefix(PinJournal.maximumLineLength + 1 - bytes.count)
      }
    }
  }

  private mutating func take(_ bytes: [UInt8], at start: Int, _ line: inout Line) {
    var rest = bytes[...]
    while let index = rest.firstIndex(of: UInt8(ascii: "\n")) {
      line.append(rest[...index])
      let end = start + index + 1
      let isOld = line.start < written
      let isRight = apply(line.bytes)
      if line.isTorn {
        if isOld { damage = damage ?? line.start } else { isHollow = true }
      } else if !isRight {
        damage = damage ?? line.start
      }
      // What is torn counts only if something whole follows.
      if isRight || !line.isTorn {
        hasHole = isHollow
        offset = end
      }
      line = Line(start: end)
      rest = rest[(index + 1)...]
    }
    line.append(rest)
  }

  private mutating func apply(_ line: [UInt8]) -> Bool {
    guard let words = Self.words(of: line) else { return false }
    switch words.first {
    case "sandrun-pins":
      guard let length = Self.length(inHeader: words) else { return false }
      if offset == 0, !hasHole { written = line.count + length }
      return true
    case "+" where words.count == 3 || words.count == 4:
      guard let mode = Pin.Mode(rawValue: String(words[1])),
        let cid = try? CID(parsing: String(words[2]))
      else { return false }
      var name: String?
      if words.count == 4 {
        guard let found = Self.unescaped(words[3]) else { return false }
        name = found
      }
      add(Pin(cid, mode: mode, name: name))
    case "-" where words.count == 2:
      guard let cid = try? CID(parsing: String(words[1])) else { return false }
      entries[cid.v1] = nil
    default: return false
    }
    revision += 1
    return true
  }

  private mutating func add(_ pin: Pin) {
    guard let known = entries[pin.cid.v1] else {
      var pin = pin
      if pin.name?.isEmpty == true { pin.name = nil }
      entries[pin.cid.v1] = Entry(pin: pin, order: order)
      order += 1
      return
    }
    // What is kept with all below it is kept alone, too: whoever asks for less later takes nothing away.
    var merged = known
    if pin.mode == .recursive { merged.pin.mode = .recursive }
    if let name = pin.name { merged.pin.name = name.isEmpty ? nil : name }
    entries[pin.cid.v1] = merged
  }

  // MARK: Lines

  static func line(adding pin: Pin) -> [UInt8] {
    var body = "+ \(pin.mode.rawValue) \(pin.cid)"
    if let name = pin.name { body += " =\(escaped(name))" }
    return line(body)
  }

  static func line(removing cid: CID) -> [UInt8] { line("- \(cid)") }

  /// The first line of a journal that is written anew with so many bytes behind it; no two are alike.
  static func header(length: Int) -> [UInt8] {
    line("sandrun-pins 1 \(length) \(Files.randomName())")
  }

  /// How much of a file was on disk before it bore its name, as its first bytes tell; nil where they are no first line.
  static func written(accordingTo head: [UInt8]) -> Int? {
    guard let end = head.firstIndex(of: UInt8(ascii: "\n")),
      let words = words(of: Array(head[...end])), let length = length(inHeader: words)
    else { return nil }
    return end + 1 + length
  }

  private static func length(inHeader words: [Substring]) -> Int? {
    guard words.count == 3 || words.count == 4, words[0] == "sandrun-pins", words[1] == "1",
      let length = Int(words[2]), (0...Int.max / 4).contains(length)
    else { return nil }
    return length
  }

  /// What a line says; nil where it does not fit its checksum.
  private static func words(of line: [UInt8]) -> [Substring]? {
    guard line.count > 10, line.count <= maximumLineLength,
      let text = String(validating: line.dropLast(), as: UTF8.self),
      text.utf8.prefix(9).elementsEqual(checksum(Array(line.dropFirst(9))).utf8)
    else { return nil }
    return text.utf8.dropFirst(9).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false
    ).map { Substring($0) }
  }

  private static func line(_ body: String) -> [UInt8] {
    let body = Array("\(body)\n".utf8)
    return Array(checksum(body).utf8) + body
  }

  private static func checksum(_ body: [UInt8]) -> String {
    let digits = String(CRC32C.checksum(body), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits + " "
  }

  private static func escaped(_ name: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in name.utf8 {
      if byte <= 0x20 || byte == 0x7f || byte == UInt8(ascii: "%") {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The name behind an equals sign; nil where that is none.
  private static func unescaped(_ text: Substring) -> String? {
    guard text.utf8.first == UInt8(ascii: "=") else { return nil }
    var bytes: [UInt8] = []
    var rest = text.utf8.dropFirst()
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(Substring(rest.prefix(2))), radix: 16), rest.count >= 2 else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
