/// The header blocks of one entry in a tar: ustar, with a pax header before it where ustar has no room (POSIX, pax interchange format).
struct TarHeader {
  enum Kind: UInt8 {
    case file = 0x30
    case symlink = 0x32
    case folder = 0x35

    var usualMode: UInt32 {
      switch self {
      case .file: 0o644
      case .folder: 0o755
      case .symlink: 0o777
      }
    }
  }

  static let blockLength = 512
  /// Two blocks of zeros end an archive.
  static let end = [UInt8](repeating: 0, count: 2 * blockLength)

  var kind: Kind
  /// The path, a folder's with a slash at its end.
  var path: [UInt8]
  var size: UInt64 = 0
  /// Where a link leads.
  var target: [UInt8] = []
  /// The permissions; nil for the usual ones.
  var mode: UInt32?
  /// When it was changed; nil for the beginning of 1970.
  var time: UnixFSData.ModificationTime?

  /// The blocks; the same each time: no owner, and no time or mode but what was kept.
  var bytes: [UInt8] {
    var records: [UInt8] = []
    // Bytes that are no UTF-8 are told to be what they are, or a reader would refuse or change them.
    if !Self.isUTF8(path) || !Self.isUTF8(target) { Self.append("hdrcharset", "BINARY", &records) }
    if !Self.fits(path) { Self.append("path", path, &records) }
    if !Self.fits(target) { Self.append("linkpath", target, &records) }
    if size > Self.largestSize { Self.append("size", Array(String(size).utf8), &records) }
    let seconds = time.flatMap { UInt64(exactly: $0.seconds) } ?? 0
    let fitsTime = seconds <= Self.largestSize
    if let time, time.nanoseconds > 0 || time.seconds < 0 || !fitsTime {
      Self.append("mtime", Self.decimal(time), &records)
    }
    let own = Self.block(
      typeflag: kind.rawValue, path: path, size: size, target: target,
      mode: mode ?? kind.usualMode, seconds: fitsTime ? seconds : 0)
    guard !records.isEmpty else { return own }
    return Self.block(
      typeflag: UInt8(ascii: "x"), path: Array("pax".utf8), size: UInt64(records.count), target: [],
      mode: 0o644, seconds: 0) + Self.padded(records) + own
  }

  /// Seconds with their fraction, as pax writes a time.
  private static func decimal(_ time: UnixFSData.ModificationTime) -> String {
    guard time.nanoseconds > 0 else { return "\(time.seconds)" }
    let isBefore = time.seconds < 0
    let whole = isBefore ? (time.seconds + 1).magnitude : time.seconds.magnitude
    let digits = String(isBefore ? 1_000_000_000 - time.nanoseconds : time.nanoseconds)
    let fraction = String(repeating: "0", count: 9 - digits.count) + digits
    return "\(isBefore ? "-" : "")\(whole).\(fraction)"
  }

  /// Zeros after so much content, up to the next block.
  static func padding(after size: UInt64) -> [UInt8] {
    [UInt8](repeating: 0, count: Int((512 - size % 512) % 512))
  }

  private static let largestSize: UInt64 = 0o77_777_777_777
  private static let nameLength = 100

  /// Whether ustar can hold a name: not too long, and nothing that an old reader takes for another character set.
  private static func fits(_ name: [UInt8]) -> Bool {
    name.count <= nameLength && name.allSatisfy { $0 < 0x80 }
  }

  private static func isUTF8(_ name: [UInt8]) -> Bool {
    String(validating: name, as: UTF8.self) != nil
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + padding(after: UInt64(bytes.count))
  }

  private static func append(_ key: String, _ value: String, _ records: inout [UInt8]) {
    append(key, Array(value.utf8), &records)
  }

  /// One record: its length, itself included, a space, `key=value`, a newline.
  private static func append(_ key: String, _ value: [UInt8], _ records: inout [UInt8]) {
    let rest = 3 + key.utf8.count + value.count
    var length = rest + String(rest).utf8.count
    // The length's own digits may make it one digit longer.
    length = rest + String(length).utf8.count
    records += Array("\(length) \(key)=".utf8) + value + [UInt8(ascii: "\n")]
  }

  private static func block(
    typeflag: UInt8, path: [UInt8], size: UInt64, target: [UInt8],
    mode: UInt32, seconds: UInt64
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: blockLength)
    func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
      var index = offset
      for byte in bytes {
        block[index] = byte
        index += 1
      }
    }
    func octal(_ value: UInt64, width: Int, at offset: Int) {
      let digits = String(value, radix: 8)
      put(String(repeating: "0", count: max(0, width - digits.count)).utf8, at: offset)
      put(digits.utf8, at: offset + max(0, width - digits.count))
    }
    put(path.prefix(nameLength), at: 0)
    octal(UInt64(mode & 0o7777), width: 7, at: 100)
    octal(0, width: 7, at: 108)
    octal(0, width: 7, at: 116)
    octal(size > largestSize ? 0 : size, width: 11, at: 124)
    octal(seconds, width: 11, at: 136)
    block[156] = typeflag
    put(target.prefix(nameLength), at: 157)
    put("ustar\u{0}00".utf8, at: 257)
    octal(0, width: 7, at: 329)
    octal(0, width: 7, at: 337)
    put([UInt8](repeating: 0x20, count: 8), at: 148)
    octal(UInt64(block.reduce(0) { $0 + Int($1) }), width: 6, at: 148)
    block[154] = 0
    return block
  }
}
