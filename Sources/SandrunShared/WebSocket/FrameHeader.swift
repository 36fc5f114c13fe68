internal import NIOCore

/// What a frame is: RFC 6455, section 5.2.
enum Opcode: UInt8 {
  case continuation = 0
  case text = 1
  case binary = 2
  case close = 8
  case ping = 9
  case pong = 10

  var isControl: Bool { rawValue >= 8 }
}

/// A breach of the protocol, or of a bound: the code to close with, and why.
struct Breach: Error, Equatable {
  let code: UInt16
  let reason: String

  static func wire(_ reason: String) -> Self { Breach(code: 1002, reason: reason) }
}

/// The first 2 to 10 bytes of a frame that a server sent.
struct FrameHeader: Equatable {
  var isLast: Bool
  var opcode: Opcode
  var length: Int

  init(isLast: Bool, opcode: Opcode, length: Int) {
    self.isLast = isLast
    self.opcode = opcode
    self.length = length
  }

  /// Reads a header and judges it on its own; nil, and nothing taken, where it has not come whole.
  ///
  /// A bad first byte is refused before the second comes.
  init?(reading buffer: inout ByteBuffer) throws(Breach) {
    guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return nil }
    guard first & 0x70 == 0 else { throw .wire("a reserved bit is set") }
    guard let opcode = Opcode(rawValue: first & 0x0F) else {
      throw .wire("opcode \(first & 0x0F) is reserved")
    }
    guard !opcode.isControl || first & 0x80 != 0 else { throw .wire("a fragmented control frame") }
    guard let second = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt8.self) else {
      return nil
    }
    guard second & 0x80 == 0 else { throw .wire("a masked frame from a server") }
    guard !opcode.isControl || second < 126 else { throw .wire("a control frame over 125 bytes") }

    let place = buffer.readerIndex + 2
    var length = Int(second)
    var size = 2
    if second == 126 {
      guard let word = buffer.getInteger(at: place, as: UInt16.self) else { return nil }
      guard word > 125 else { throw .wire("a length in more bytes than it needs") }
      (length, size) = (Int(word), 4)
    } else if second == 127 {
      guard let word = buffer.getInteger(at: place, as: UInt64.self) else { return nil }
      guard word > UInt16.max else { throw .wire("a length in more bytes than it needs") }
      guard word <= Int.max else { throw .wire("a length beyond 2^63") }
      (length, size) = (Int(word), 10)
    }
    buffer.moveReaderIndex(forwardBy: size)
    self.init(isLast: first & 0x80 != 0, opcode: opcode, length: length)
  }

  /// Writes a client's frame: header, a fresh masking key, the payload masked with it.
  static func write(
    _ opcode: Opcode, _ payload: some Collection<UInt8>, to buffer: inout ByteBuffer
  ) {
    buffer.writeInteger(0x80 | opcode.rawValue)
    switch payload.count {
    case ..<126: buffer.writeInteger(0x80 | UInt8(payload.count))
    case ...0xFFFF:
      buffer.writeInteger(UInt8(0x80 | 126))
      buffer.writeInteger(UInt16(payload.count))
    default:
      buffer.writeInteger(UInt8(0x80 | 127))
      buffer.writeInteger(UInt64(payload.count))
    }
    let key = UInt32.random(in: .min ... .max)
    buffer.writeInteger(key)
    var shift: UInt32 = 24
    var masked: [UInt8] = []
    masked.reserveCapacity(payload.count)
    for byte in payload {
      masked.append(byte ^ UInt8(truncatingIfNeeded: key >> shift))
      shift = (shift &- 8) & 31
    }
    buffer.writeBytes(masked)
  }
}
