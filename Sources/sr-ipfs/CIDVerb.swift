import ArgumentParser
import Commands
import Files
import Hashing
import IPFS
import Records
import SystemPackage

/// `sr-ipfs cid`: what a CID says, and the same in another form.
struct CIDVerb: RecordVerb {
  static let configuration = CommandConfiguration(
    commandName: "cid", abstract: "Take CIDs apart and write them in other forms.",
    discussion: """
      The record leaves with the members "cid", "version", "codec", "codecCode", "hash", "hashCode", "digest" and "base".

      $ sr-ipfs cid --to-version 1 Qm… | jq -r .cid
      """)
  static let verb = "cid"
  static let operandMember: String? = "cid"

  @Option(help: "Write in <base>: its name or its prefix, as base36 or k.")
  var base: String?

  @Option(help: "Turn into <version> 0 or 1.")
  var toVersion: Int?

  @Option(help: "Have the block read as <codec>: its name or its number, as raw or 0x55.")
  var codec: String?

  @Option(
    help: "Tell whether the bytes of <file> are the block that is named.", completion: .file())
  var verify: String?

  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, with or without ipfs:// or /ipfs/ before it.")
  var operands: [String] = []

  func validate() throws {
    if let toVersion, CID.Version(rawValue: toVersion) == nil {
      throw ValidationError("there is no CID version \(toVersion): use 0 or 1")
    }
    if let base, Multibase(text: base) == nil {
      throw ValidationError("there is no base \(base) here, as base32, base36, base58btc are")
    }
    if let codec, CID.Codec(named: codec) == nil {
      throw ValidationError("there is no codec \(codec) here: use its number, as 0x55")
    }
    if verify?.isEmpty == true { throw ValidationError("--verify takes a path") }
  }

  func process(_ input: Record, in world: World) throws(Failure) -> Record {
    let (read, written) = try Self.read(try input.operand("cid"))
    let cid = try converted(read)
    var base = cid.version == read.version ? written : .base32
    if cid.version == .v0 { base = .base58btc }
    if let wanted = self.base.flatMap(Multibase.init(text:)) {
      guard cid.version == .v1 || wanted == .base58btc else {
        throw Failure(
          .data, "\(cid) has version 0, which is written in base58btc only",
          hint: "turn it into version 1: --to-version 1")
      }
      base = wanted
    }
    let output = input.setting("cid", to: .string(cid.text(in: base)))
      .setting("version", to: .integer(UInt64(cid.version.rawValue)))
      .setting("codec", to: .string("\(cid.codec)"))
      .setting("codecCode", to: .string(cid.codec.number))
      .setting("hash", to: .string("\(cid.hashFunction)"))
      .setting("hashCode", to: .string("0x" + String(cid.hashFunction.rawValue, radix: 16)))
      .setting("digest", to: .string(Hex.encode(cid.digest)))
      .setting("base", to: .string(base.name))
    guard let verify else { return output }
    return output.setting("matches", to: try matches(cid, FilePath(verify)) ? true : false)
  }

  func status(of output: Record) -> Failure.Status {
    verify != nil && (try? output["matches"]) == false ? .answerNo : .done
  }

  /// The CID of an operand, and the base that it is written in.
  private static func read(_ operand: String) throws(Failure) -> (CID, Multibase) {
    var text = operand[...]
    for prefix in ["ipfs://", "/ipfs/"] where text.hasPrefix(prefix) {
      text = text.dropFirst(prefix.count)
    }
    if text.hasSuffix("/"), text.count < operand.count { text = text.dropLast() }
    let quoted = JSON.string(operand).text
    guard !text.contains("/") else {
      throw Failure(
        .data, "\(quoted) is a path, not a CID alone", hint: "see sr-ipfs ls for what is below one")
    }
    do throws(CIDError) {
      let cid = try CID(parsing: String(text))
      return (cid, cid.version == .v0 ? .base58btc : text.first.flatMap(Multibase.init) ?? .base32)
    } catch {
      throw Failure(.data, "\(quoted) is no CID: \(error)")
    }
  }

  private func converted(_ cid: CID) throws(Failure) -> CID {
    var cid = cid
    if let codec = codec.flatMap(CID.Codec.init(named:)), codec != cid.codec {
      guard cid.version == .v1 || toVersion == 1 else {
        throw Failure(
          .data, "\(cid) has version 0, which is always of dag-pb, not \(codec)",
          hint: "turn it into version 1: --to-version 1")
      }
      cid = cid.reading(as: codec)
    }
    guard let toVersion else { return cid }
    if toVersion == 1 { return cid.v1 }
    guard let old = cid.v0 else {
      let reason =
        cid.codec == .dagPB
        ? "its hash is \(cid.hashFunction), not sha2-256" : "its codec is \(cid.codec), not dag-pb"
      throw Failure(.data, "\(cid) cannot have version 0: \(reason)", code: "no-version-0")
    }
    return old
  }

  private func matches(_ cid: CID, _ path: FilePath) throws(Failure) -> Bool {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: Block.maximumLength)
    } catch {
      guard error.errno == .fileTooLarge else {
        throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
      }
      throw Failure(.data, "\(path) is longer than any block: \(Block.maximumLength) bytes")
    }
    guard let matches = cid.matches(bytes) else {
      throw Failure(
        .data,
        "\(cid) cannot be verified: its hash is \(cid.hashFunction), of \(cid.digest.count) bytes",
        code: "unknown-hash")
    }
    return matches
  }
}
