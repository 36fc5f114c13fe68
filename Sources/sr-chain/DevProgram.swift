import Commands
import Records
import SystemPackage

/// What is asked of the chain, whichever program runs it.
struct DevOptions: Sendable {
  var port: UInt16
  var blockTime: Double?
  var state: String?
  var chainId: UInt64
  var accounts: Int
}

/// A program to start, and how it tells that it is ready.
struct DevProgram: Sendable {
  var name: String
  var words: [String]
  var environment: [String: String]
  /// The port where it will answer; nil where it writes a record of its own.
  var port: UInt16?
}
