import Commands
import Records

extension World {
  /// Throws 64 where no call is named and no records can come: an empty variable in a cron line is no success.
  func expectStream(insteadOf call: [String]) throws(Failure) {
    guard call.isEmpty, input.kind == .device else { return }
    throw Failure(
      .usage, "no call is named, and standard input is no stream of records",
      hint: "name whom to call, or bring records by a pipe or '<'")
  }

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
