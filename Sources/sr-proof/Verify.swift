import ArgumentParser
import Commands
import Ethereum
import Proofs
import Records
import Signing

struct Verify: RecordVerb {
  static let configuration = CommandConfiguration(
    abstract: "Judge each proof of a record by named checks, and add 'verdict'.",
    discussion: """
      Ends with 0 where every check of every proof passed, 1 where one failed, 66 where none \
      failed but something that a check needs is missing. Needs no network and no passphrase.
      """)

  @Option(
    help: "Accept proofs signed by <address> alone; may be given more than once.",
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  var signedBy: [Address] = []

  @Option(
    help: "Where the record names no nodes, accept our own key <name>.", completion: .file())
  var key: String?

  @OptionGroup var stream: StreamOptions

  func process(_ input: Record, in world: World) async throws(Failure) -> Record {
    let record = try RunRecord(input)
    let location = try ProofLocation(try world.folders)
    let verification = Verification(
      record: record, signers: try signers(record, in: world), repository: location.repository)
    return try verification.judged(input, at: location) { world.note($0) }
  }

  /// 1 where a check failed, 66 where none did but one is missing.
  func status(of output: Record) -> Failure.Status { output.verdictStatus }

  /// The accepted signers: those told, else the record's nodes, else our own key; nil where none is known.
  private func signers(_ record: RunRecord, in world: World) throws(Failure) -> [Address]? {
    if !signedBy.isEmpty { return signedBy }
    if let nodes = record.nodes { return nodes }
    let path = try KeyOptions.path(of: key, in: world)
    do throws(KeyStoreError) {
      return [try KeyStore.address(at: path)]
    } catch {
      guard case .notFound = error else { throw Failure(error) }
      return nil
    }
  }
}
