import ArgumentParser
import Commands
import IPFSClients
import Networking
import Records

/// `sr-ipfs add`: a CID for what a record names and has none yet.
struct Add: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put files and directories into the repository.",
    discussion: """
      A path becomes a record of "path", "cid" and "size". In a record with a job, its sources are packed and "code" is added; \
      outputs and proofs that have a path and no CID get one. A record with nothing to add passes untouched.

      $ sr-ipfs add *.png
      $ sr-job new hello.py | sr-ipfs add
      """)
  static let operandMember: String? = "path"
  static let switches = ["--pin", "--raw-leaves", "--empty-dirs"]

  @OptionGroup var options: AddOptions
  @OptionGroup var destinations: AddDestinations
  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(
    help: "A file, - for the content of standard input or, with -r, a directory.",
    completion: .file())
  var operands: [String] = []

  func validate() throws {
    guard destinations.to.isEmpty || !options.onlyHash else {
      throw ValidationError("--to and --only-hash exclude each other")
    }
    guard destinations.remotes.remote.isEmpty || !options.onlyHash else {
      throw ValidationError("--remote and --only-hash exclude each other")
    }
    if options.stdinName != nil, !operands.contains(AddOptions.stdin) {
      throw ValidationError("--stdin-name goes with the operand -, the content of standard input")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let world = progress.world
    let sending = try destinations.sending(operands.count, in: world, network)
    let pinning = try await destinations.pinning(in: world, network)?.served(by: sending?.nodes)
    let adding = Adding(try options.importOptions, options, in: world)
    // The CIDs of a batch are on disk before the first of them is written out.
    return try await pipeline(in: world).run(
      commit: { () throws(Failure) in try adding.commit() }
    ) { input, emitter throws(Failure) in
      var record = try progress.following(input) { (count) throws(Failure) in
        try adding.add(input, counting: count)
      }
      guard sending != nil || pinning != nil else { return try emitter.emit(record) }
      try adding.commit()
      // Where one destination fails, the record that the failure rides on tells of the others.
      var failures = RemoteFailures()
      if let sending { record = try await sending.send(record, &failures) }
      emitter.keep(record)
      if let pinning {
        let sent = record
        await failures.attempt { () throws(Failure) in
          record = try await pinning.add(sent, emitter)
        }
      }
      try failures.check()
      try emitter.emit(record)
    }
  }
}
