internal import CSecp256k1
internal import Hashing
internal import SystemPackage

/// Does what a benchmark measures against: `speed-probe sign N` signs N hashes with libsecp256k1 and nothing else,
/// `speed-probe keccak FILE` hashes a file with our Keccak-256.
@main struct SpeedProbe {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2 else { return usage() }
    switch (arguments[0], Int(arguments[1])) {
    case ("sign", let count?): sign(count)
    case ("keccak", _): try keccak(FilePath(arguments[1]))
    default: usage()
    }
  }

  private static func usage() {
    _ = try? FileDescriptor.standardError.writeAll("usage: speed-probe sign N | keccak FILE\n".utf8)
  }

  /// Signs in a context that is made once, and prints how many signatures there are.
  private static func sign(_ count: Int) {
    guard let context = unsafe secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else {
      return
    }
    defer { unsafe secp256k1_context_destroy(context) }
    let key = [UInt8](repeating: 0x46, count: 32)
    var digest = [UInt8](repeating: 0, count: 32)
    var signature = secp256k1_ecdsa_recoverable_signature()
    var done = 0
    for number in 0..<count {
      unsafe withUnsafeBytes(of: number.bigEndian) {
        unsafe digest.replaceSubrange(24..<32, with: $0)
      }
      done += Int(
        unsafe secp256k1_ecdsa_sign_recoverable(context, &signature, digest, key, nil, nil))
    }
    print(done)
  }

  /// Prints the hash of a file, read a mebibyte at a time.
  private static func keccak(_ path: FilePath) throws {
    let file = try FileDescriptor.open(path, .readOnly)
    defer { try? file.close() }
    var hash = Keccak256()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe try piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
      guard count > 0 else { break }
      hash.update(piece.span.extracting(first: count))
    }
    print(hash.finish())
  }
}
