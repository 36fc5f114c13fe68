import ArgumentParser
import Files
import IPFS
import Marketplace
import Records
import SystemPackage

/// The options of `add`, under Kubo's names.
struct AddOptions: ParsableArguments, Sendable {
  /// The operand that stands for the content of standard input.
  static let stdin = "-"

  @Flag(name: [.short, .long], help: "Take directories, with all below them.")
  var recursive = false

  @Flag(name: [.customShort("n"), .long], help: "Compute CIDs only; write nothing.")
  var onlyHash = false

  @Option(
    defaultAsFlag: true, parsing: .next,
    help: "Keep what is added through sr-ipfs repo gc, the default, or not, with =false.")
  var pin: Bool?

  @Flag(name: [.short, .long], help: "Put what is added into a directory, under its name.")
  var wrap = false

  @Option(help: "Give the content of standard input this <name>.")
  var stdinName: String?

  @Flag(help: "Follow the symbolic links that are named themselves.")
  var dereferenceArgs = false

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var form: FormOptions
  @OptionGroup var metadata: MetadataOptions

  func validate() throws {
    if let stdinName, ["", ".", ".."].contains(stdinName) || stdinName.utf8.contains(0x2F) {
      throw ValidationError("--stdin-name takes the name of a file, without folders")
    }
  }

  /// The importer's options, or what is wrong with these.
  var importOptions: ImportOptions {
    get throws(Failure) {
      var options = try form.importOptions
      try metadata.apply(to: &options)
      if options.keepsMetadata {
        // Kubo gives up raw leaves that only a version implies, and refuses those that were asked for.
        if form.asksForRawLeaves { throw Failure(ImportError.rawLeavesWithMetadata) }
        options.rawLeaves = false
      }
      try selection.apply(to: &options)
      return options
    }
  }
}

/// What `add` takes in of a directory.
struct SelectionOptions: ParsableArguments, Sendable {
  /// The largest file of rules that is read.
  private static let rulesLimit = 1 << 20

  @Flag(name: [.customShort("H"), .long], help: "Take in names that begin with a dot.")
  var hidden = false

  @Option(help: "Leave out what matches <pattern>, a line of gitignore; may be repeated.")
  var ignore: [String] = []

  @Option(
    help: "Leave out what the lines of <file> say, in the grammar of gitignore.",
    completion: .file())
  var ignoreRulesPath: String?

  @Option(
    defaultAsFlag: true, parsing: .next, help: "Take in empty directories or, with =false, none.")
  var emptyDirs: Bool?

  @Flag(help: "Take what symbolic links lead to, everywhere.")
  var dereferenceSymlinks = false

  func apply(to options: inout ImportOptions) throws(Failure) {
    options.includesHidden = hidden
    options.includesEmptyDirectories = emptyDirs ?? true
    options.followsLinks = dereferenceSymlinks
    if let ignoreRulesPath {
      let path = FilePath(ignoreRulesPath)
      let bytes: [UInt8]
      do { bytes = try Files.read(path, limit: Self.rulesLimit) } catch {
        throw Failure(ImportError.file(error))
      }
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      do { try options.ignoreRules.add(lines: lines.map(Array.init)) } catch {
        throw Failure(.data, "\(path): \(error)")
      }
    }
    // Behind the file's: the last rule that matches counts.
    do { try options.ignoreRules.add(lines: ignore.map { Array($0.utf8) }) } catch {
      throw Failure(.usage, "--ignore: \(error)")
    }
  }
}
