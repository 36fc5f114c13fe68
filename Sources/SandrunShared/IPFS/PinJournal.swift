internal import Files
internal import Hashing

/// The content of `pins/journal`, as far as it was read: a line for each pin that was added or removed, the last one about a block counts.
///
/// A line is the CRC-32C of what follows the space behind it, in eight hexadecimal digits; a space; `+`, `recursive` or `direct`, the CID
/// and, where it has been given one, `=` and the name, or `-` and the CID; all parted by single spaces, and a newline. In a name `%`, spaces
/// and control characters are written `%XX`. The first line says `sandrun-pins 1` and how long the file was when it was last written anew.
///
/// Lines are appended under the lock of `pins/lock` and synced. A last line without a newline, or what follows a NUL (a stretch that a power
/// cut left unwritten), was never promised to anybody: readers pass over it, and the next writer cuts it off. Any other line that does not fit
/// its checksum is damage: the others are read all the same, and nothing is removed from the repository until a person has looked.
struct PinJournal {
  /// No line is longer: a CID, and a name with every byte escaped.
  static let maximumLineLength = 2048
  /// So much longer than twice its length when it was last written anew, and the journal is written anew.
  static let slack = 1 << 20

  private struct Entry {
    var pin: Pin
    var order: Int
  }

  /// Which file was read, by its device and number.
  var place: (device: UInt64, number: UInt64)?
  /// The bytes that were read, whole lines all of them.
  private(set) var offset = 0
  /// Where the first damaged line begins.
  private(set) var damage: Int?
  /// Changes whenever a pin does.
  private(set) var revision = 0
  private var entries: [CID: Entry] = [:]
  private var order = 0
  private var rest: [UInt8] = []
  private var isTorn = false

  var count: Int { entries.count }

  /// The pins, in the order in which they were added.
  var pins: [Pin] { entries.values.sorted { $0.order < $1.order }.map(\.pin) }

  /// The pin of a block, whichever version its CID has.
  subscript(cid: CID) -> Pin? { entries[cid.v1]?.pin }

  /// Reads what was appended since; all anew where another file bears the name.
  mutating func read(_ file: OpenFile) throws(FileError) {
    let place = try file.place()
    let size = try file.size()
    if self.place.map({ $0 != place }) ?? true || size < offset {
      let revision = revision
      self = PinJournal()
      self.place = place
      self.revision = revision + 1
    }
    rest = []
    isTorn = false
    var next = offset
    while next < size, !isTorn {
      let bytes = try file.read(at: next, count: min(1 << 20, size - next))
      guard !bytes.isEmpty else { break }
      next += bytes.count
      take(bytes)
    }
    rest = []
  }

  private mutating func take(_ bytes: [UInt8]) {
    let bytes = rest + bytes
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes[start...end]
      guard !line.contains(0) else {
        isTorn = true
        return
      }
      if !apply(line) { damage = damage ?? offset }
      offset += line.count
      start = end + 1
    }
    rest = Array(bytes[start...])
    if rest.contains(0) || rest.count > Self.maximumLineLength { isTorn = true }
  }

  private mutating func apply(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count > 10, line.count <= Self.maximumLineLength,
      let text = String(validating: line.dropLast(), as: UTF8.self)
    else { return false }
    let body = Array(line.dropFirst(9))
    guard text.utf8.prefix(9).elementsEqual(Self.checksum(body).utf8) else { return false }
    let words = text.utf8.dropFirst(9).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false
    ).map { Substring($0) }
    if words.count == 3, words[0] == "sandrun-pins", words[1] == "1" { return true }
    switch words.first {
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

  /// The first line of a journal that is written anew with so many bytes behind it.
  static func header(length: Int) -> [UInt8] { line("sandrun-pins 1 \(length)") }

  /// What a first line says: how many bytes were behind it when it was written; nil where it is damaged.
  static func length(inHeader bytes: [UInt8]) -> Int? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 9,
      let text = String(validating: bytes[..<end], as: UTF8.self),
      let last = text.split(separator: " ").last, text.dropFirst(9).hasPrefix("sandrun-pins 1 ")
    else { return nil }
    return Int(last)
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
