public import ArgumentParser
public import IPFS
import Records

/// How files and directories become blocks: what has a say in every CID, under Kubo's names.
struct FormOptions: ParsableArguments, Sendable {
  @Option(help: "Import by <profile>: unixfs-v1-2025, kubo-cidv1 or unixfs-v0-2015.")
  var profile = ImportOptions.Profile.unixfsV1

  @Option(help: "Make CIDs of <version> 0 or 1; 1 implies raw leaves.")
  var cidVersion: Int?

  @Option(help: "Hash blocks by <function>: sha2-256, the only one.")
  var hash: String?

  @Option(
    defaultAsFlag: true, parsing: .next,
    help: "Make each chunk a block as it is, or, with =false, a wrapped one.")
  var rawLeaves: Bool?

  @Option(
    name: [.customShort("s"), .long],
    help: "Cut files by <chunker>: size-N, buzhash, rabin, rabin-AVG or rabin-MIN-AVG-MAX.")
  var chunker: String?

  @Flag(name: .shortAndLong, help: "Lay files out for reading from the beginning.")
  var trickle = false

  @Option(help: "Put at most <n> links into a node of a file.")
  var maxFileLinks: Int?

  @Option(help: "Spread a directory of more than <n> entries over several blocks.")
  var maxDirectoryLinks: Int?

  @Option(help: "Give each block of a directory that is spread <n> places: a power of two.")
  var maxHamtFanout: Int?

  @Flag(help: "Put small blocks into their CIDs.")
  var inline = false

  @Option(help: "Put blocks of up to <n> bytes into their CIDs, with --inline.")
  var inlineLimit: Int?

  func validate() throws {
    if inlineLimit != nil, !inline { throw ValidationError("--inline-limit goes with --inline") }
  }

  /// Whether raw leaves are asked for, rather than implied by the version of the CIDs.
  var asksForRawLeaves: Bool { rawLeaves ?? (profile == .unixfsV1) }

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
      if let hash, hash != "sha2-256" {
        throw Failure(
          .usage, "blocks are not hashed by \(JSON.string(hash).text) here", hint: "use sha2-256")
      }
      options.rawLeaves = rawLeaves ?? options.rawLeaves
      if let chunker { options.chunker = try Self.chunker(chunker) }
      if trickle { options.layout = .trickle }
      if let maxFileLinks {
        options.maximumFileLinks = try Self.number(maxFileLinks, "--max-file-links", 2...8192)
      }
      if let maxDirectoryLinks {
        options.maximumDirectoryLinks = try Self.number(
          maxDirectoryLinks, "--max-directory-links", 1...1_000_000)
      }
      if let maxHamtFanout {
        guard (8...1024).contains(maxHamtFanout), maxHamtFanout.nonzeroBitCount == 1 else {
          throw Failure(
            .usage, "--max-hamt-fanout takes a power of two from 8 to 1024, not \(maxHamtFanout)")
        }
        options.shardFanout = maxHamtFanout
      }
      if inline {
        options.inlineLimit = try Self.number(
          inlineLimit ?? 32, "--inline-limit", 0...CID.maximumDigestLength)
      }
      return options
    }
  }

  private static func number(
    _ value: Int, _ option: String, _ range: ClosedRange<Int>
  ) throws(Failure) -> Int {
    guard range.contains(value) else {
      throw Failure(
        .usage, "\(option) takes \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
    return value
  }

  private static func chunker(_ text: String) throws(Failure) -> Chunker {
    do { return try Chunker(parsing: text) } catch {
      throw Failure(
        .usage, "\(JSON.string(text).text): \(error)",
        hint: "use size-N, as size-262144, buzhash, rabin, rabin-AVG or rabin-MIN-AVG-MAX")
    }
  }
}

extension ImportOptions.Profile: ExpressibleByArgument {}
