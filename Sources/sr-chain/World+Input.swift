import Commands
import Records

extension World {
  /// Throws 64 where no call is named and no records can come: an empty variable in a cron line is no success.
  func expectStream(insteadOf call: [String]) throws(Failure) {
    try expectStream(insteadOf: call, "no call", hint: "name whom to call")
  }

  /// The same where transactions are named by their hashes.
  func expectStream(insteadOfHashes hashes: [String]) throws(Failure) {
    try expectStream(
      insteadOf: hashes, "no transaction", hint: "name the transaction by its hash")
  }

  /// The same where jobs are named by their ids.
  func expectStream(insteadOfJobs jobs: [String]) throws(Failure) {
    try expectStream(insteadOf: jobs, "no job", hint: "name the job by its id")
  }

  private func expectStream(
    insteadOf words: [String], _ nothing: String, hint: String
  ) throws(Failure) {
    guard words.isEmpty, input.kind == .device else { return }
    throw Failure(
      .usage, "\(nothing) is named, and standard input is no stream of records",
      hint: "\(hint), or bring records by a pipe or '<'")
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
