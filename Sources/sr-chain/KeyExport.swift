import ArgumentParser
import CLinux
import Commands
import Ethereum
import Files
import Records
import Signing
import SystemPackage

struct KeyExport: Command {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a key's V3 keystore, or the private key itself.",
    discussion: """
      The keystore is written as it is kept, locked with its passphrase, which is not asked for. \
      The private key goes, with --private-key alone, to a new file that only its owner may read, \
      or to a descriptor that was opened for it; never to standard output.
      """)
  static let verb = "key export"

  @Argument(help: "Which key (else SANDRUN_KEY, else 'default').")
  var name: String?

  @Option(
    name: [.short, .long], help: "Write to the new <file>, not to standard output.",
    completion: .file())
  var output: String?

  @Flag(help: "Write the private key, with no lock, as hexadecimal digits.")
  var privateKey = false

  @Option(help: "With --private-key: write to the open file descriptor <n>, 3 or more.")
  var outputFd: Int32?

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard output == nil || outputFd == nil else {
      throw ValidationError("--output and --output-fd exclude each other")
    }
    guard privateKey || outputFd == nil else {
      throw ValidationError("--output-fd goes with --private-key")
    }
    guard !privateKey || output != nil || outputFd != nil else {
      throw ValidationError("--private-key needs --output or --output-fd: it goes to no terminal")
    }
    guard outputFd ?? 3 >= 3 else { throw ValidationError("--output-fd takes 3 or more") }
    guard outputFd == nil || outputFd != passphrase.passphraseFd else {
      throw ValidationError("--output-fd and --passphrase-fd must differ")
    }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    let name = try KeyName.chosen(name, in: world)
    let store = KeyStore(try world.folders)
    let keystore: Keystore
    do throws(KeyStoreError) { keystore = try store.keystore(name) } catch { throw Failure(error) }
    guard privateKey else {
      let bytes = keystore.json.bytes + [UInt8(ascii: "\n")]
      if let output { try create(output, bytes) } else { try world.output.write(bytes) }
      noteSecret(of: keystore.address, in: store, world)
      return .done
    }
    // From here on this process knows a secret.
    _ = sr_hide_memory()
    let passphrase = try passphrase.read(in: world, prompt: "Passphrase of the key '\(name)': ")
    let line: SecretBytes
    do throws(KeystoreError) {
      line = try keystore.unlock(passphrase).hexLine()
    } catch {
      throw Failure(error.status, "\(store.path(of: name)): \(error)")
    }
    try line.withArray { bytes throws(Failure) in
      if let output { try create(output, bytes) } else { try write(bytes) }
    }
    noteSecret(of: keystore.address, in: store, world)
    return .done
  }

  /// Says that a key alone does not open what a node committed itself to.
  private func noteSecret(of account: Address?, in store: KeyStore, _ world: World) {
    guard let path = account.map({ store.secretPath(of: $0) }),
      let found = try? Files.status(path), found.type == .regular
    else { return }
    world.note("the account's commitment secret is no part of its key; take it along: \(path)")
  }

  private func create(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    do throws(FileError) {
      try Files.writeAtomically(
        bytes, to: FilePath(path), mode: .ownerReadWrite, replacing: false)
    } catch {
      throw Failure(creating: path, error)
    }
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    do {
      try FileDescriptor(rawValue: outputFd ?? -1).writeAll(bytes)
    } catch {
      throw Failure(.io, "cannot write descriptor \(outputFd ?? -1): \(error)")
    }
  }
}
