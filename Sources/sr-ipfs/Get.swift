import ArgumentParser
import Commands
import Files
import IPFS
import IPFSClients
import Marketplace
import Records
import SystemPackage

/// `sr-ipfs get`: files and directories written to disk.
struct Get: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write files and directories to disk.",
    discussion: """
      Nothing is overwritten. The record leaves with the member "path": where the content lies now.

      $ sr-ipfs get -o pictures bafybei…/pictures
      """)
  static let operandMember: String? = "cid"

  @Option(
    name: [.short, .long], help: "Write to <path>, or into it where it is a directory.",
    completion: .file())
  var output: String?

  @Flag(help: "Write symbolic links that lead out of the output, too.")
  var outsideLinks = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    if let output, output.isEmpty || output.utf8.contains(0) {
      throw ValidationError("--output takes a path")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let output = try await Content.read(input.operand("cid"), from: sources, .all) {
        (content) throws(Failure) in try write(input, content, until: world.interruption)
      }
      try emitter.emit(output)
    }
  }

  private func write(
    _ input: Record, _ content: Content, until interruption: Interruption
  ) throws(Failure) -> Record {
    let path = try destination(of: content)
    do {
      try content.reader.materialise(
        content.cid, to: path,
        limits: MaterialiseLimits(
          allowsOutsideLinks: outsideLinks, isCancelled: { interruption.isRequested }))
    } catch {
      throw Failure(error)
    }
    return input.setting("path", to: .string(path.string))
  }

  /// The path asked for; where that is a directory, or where none is asked for, the last name of the operand below it.
  private func destination(of content: Content) throws(Failure) -> FilePath {
    let name = content.path.names.last ?? Array("\(content.cid)".utf8)
    guard let text = String(validating: name, as: UTF8.self), let last = FilePath.Component(text)
    else {
      throw Failure(.data, "the operand's last name cannot be a file's", hint: "use --output")
    }
    guard let output else { return FilePath(root: nil, [last]) }
    let path = FilePath(output)
    guard let found = try? path.stat(), found.type == .directory else { return path }
    return path.appending(last)
  }
}
