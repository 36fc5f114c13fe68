public import ArgumentParser
import Commands
public import IPFS
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

  @OptionGroup var options: AddOptions
  @OptionGroup var destinations: AddDestinations
  @OptionGroup var network: NetworkOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A file or, with -r, a directory.", completion: .file())
  var operands: [String] = []

  func validate() throws {
    guard destinations.to.isEmpty || !options.onlyHash else {
      throw ValidationError("--to and --only-hash exclude each other")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let sending = try destinations.sending(in: world, network)
    let adding = Adding(try options.importOptions, options, in: world)
    // The CIDs of a batch are on disk before the first of them is written out.
    return try await pipeline(in: world).run(
      commit: { () throws(Failure) in try adding.commit() }
    ) { input, emitter throws(Failure) in
      let record = try adding.add(input)
      guard let sending else { return try emitter.emit(record) }
      try adding.commit()
      try emitter.emit(try await sending.send(record, before: input))
    }
  }
}

/// What has a say in the CIDs, under Kubo's names.
struct AddOptions: ParsableArguments, Sendable {
  @Flag(name: [.short, .long], help: "Take directories, with all below them.")
  var recursive = false

  @Flag(name: [.customShort("n"), .long], help: "Compute CIDs only; write nothing.")
  var onlyHash = false

  @Flag(name: [.short, .long], help: "Put what is added into a directory, under its name.")
  var wrap = false

  @Flag(name: [.customShort("H"), .long], help: "Take in names that begin with a dot.")
  var hidden = false

  @Option(help: "Import by <profile>: unixfs-v1-2025, kubo-cidv1 or unixfs-v0-2015.")
  var profile = ImportOptions.Profile.unixfsV1

  @Option(help: "Make CIDs of <version> 0 or 1; 1 implies raw leaves.")
  var cidVersion: Int?

  @Option(
    defaultAsFlag: true, help: "Make each chunk a block as it is, or, with =false, a wrapped one.")
  var rawLeaves: Bool?

  @Option(help: "Cut files by <chunker>: size-N, N bytes a chunk.")
  var chunker: String?

  @Option(help: "Put at most <n> links into a node of a file.")
  var maxFileLinks: Int?

  /// The importer's options, or what is wrong with these.
  var importOptions: ImportOptions {
    get throws(Failure) {
      var options = ImportOptions(profile)
      if let cidVersion {
        guard let version = CID.Version(rawValue: cidVersion) else {
          throw Failure(.usage, "there is no CID version \(cidVersion)", hint: "use 0 or 1")
        }
        options.cidVersion = version
        if version == .v1 { options.rawLeaves = true }
      }
      options.rawLeaves = rawLeaves ?? options.rawLeaves
      options.includesHidden = hidden
      if let chunker { options.chunkSize = try Self.chunkSize(chunker) }
      if let maxFileLinks {
        guard (2...8192).contains(maxFileLinks) else {
          throw Failure(.usage, "--max-file-links takes 2 to 8192, not \(maxFileLinks)")
        }
        options.maximumFileLinks = maxFileLinks
      }
      return options
    }
  }

  private static func chunkSize(_ chunker: String) throws(Failure) -> Int {
    guard chunker.hasPrefix("size-") else {
      throw Failure(
        .usage, "no chunker \(JSON.string(chunker).text) here", hint: "use size-N, as size-262144")
    }
    guard let size = Int(chunker.dropFirst("size-".count)), size > 0 else {
      throw Failure(.usage, "\(JSON.string(chunker).text) names no size", hint: "as size-262144")
    }
    guard size <= ImportOptions.maximumChunkSize else {
      throw Failure(
        .usage, "a chunk of \(size) bytes is over the limit of \(ImportOptions.maximumChunkSize)")
    }
    return size
  }
}

extension ImportOptions.Profile: ExpressibleByArgument {}
