import Commands
import Records

extension World {
  /// All of standard input, where it is one text and no stream of records; 65 beyond `limit` bytes.
  func readAll(limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = try input.read(limit: 1 << 16)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= limit else {
        throw Failure(.data, "standard input is longer than \(limit) bytes")
      }
    }
  }
}
