import ArgumentParser
import IPFS
import Records

/// What `add` keeps beside the content, under Kubo's names.
struct MetadataOptions: ParsableArguments, Sendable {
  @Flag(help: "Keep the permissions of files and directories.")
  var preserveMode = false

  @Flag(help: "Keep the times at which files, directories and links were changed.")
  var preserveMtime = false

  @Option(help: "Give files and directories these permissions: octal, as 0644.")
  var mode: String?

  @Option(help: "Give everything this time of change: <seconds> since 1970.")
  var mtime: Int64?

  @Option(help: "Add so many <nanoseconds> to --mtime.")
  var mtimeNsecs: UInt32?

  /// Sets these in an importer's options, or tells what is wrong with them.
  func apply(to options: inout ImportOptions) throws(Failure) {
    options.preservesMode = preserveMode
    options.preservesModificationTime = preserveMtime
    if let mode {
      // Without the zero Kubo reads a decimal number, and a user means an octal one.
      guard mode.utf8.first == UInt8(ascii: "0"), let bits = UInt32(mode, radix: 8), bits <= 0o777
      else {
        throw Failure(
          .usage, "--mode takes permissions from 0 to 0777, not \(JSON.string(mode).text)",
          hint: "write them in octal, with the zero: 0644")
      }
      options.metadata.mode = bits == 0 ? nil : bits
    }
    let nanoseconds = mtimeNsecs ?? 0
    guard nanoseconds < 1_000_000_000 else {
      throw Failure(.usage, "--mtime-nsecs takes 0 to 999999999, not \(nanoseconds)")
    }
    // To Kubo, too, the first second of 1970 is no time told.
    if let mtime, mtime != 0 {
      options.metadata.modificationTime = UnixFSData.ModificationTime(
        seconds: mtime, nanoseconds: nanoseconds)
    } else if nanoseconds > 0 {
      throw Failure(.usage, "--mtime-nsecs goes with an --mtime other than 0")
    }
  }
}
