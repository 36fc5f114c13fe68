import ArgumentParser
import Commands
import Ethereum
import Files
import Records
import Signing
import SystemPackage

struct KeyImport: Command {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Keep a key that exists already.",
    discussion: """
      The key is 64 hexadecimal digits, or another program's V3 keystore, which must open with the \
      passphrase; the copy is locked with the same passphrase anew.
      """)
  static let verb = "key import"

  @Argument(help: "What to call it (else SANDRUN_KEY, else 'default').")
  var name: String?

  @Option(help: "Read the key as hexadecimal digits from <file>.")
  var privateKeyFile: String?

  @Option(help: "Read the key as hexadecimal digits from the open file descriptor <n>.")
  var privateKeyFd: Int32?

  @Option(help: "Take the key from the V3 keystore <file>.")
  var keystore: String?

  @Flag(help: "Lock it in milliseconds, not a second: for tests, since it hardly protects.")
  var light = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    let sources = [privateKeyFile != nil, privateKeyFd != nil, keystore != nil]
    guard sources.count(where: { $0 }) == 1 else {
      throw ValidationError("give one of --private-key-file, --private-key-fd and --keystore")
    }
    guard privateKeyFd ?? 0 >= 0 else { throw ValidationError("--private-key-fd takes 0 or more") }
    guard privateKeyFd == nil || privateKeyFd != passphrase.passphraseFd else {
      throw ValidationError("--private-key-fd and --passphrase-fd must differ")
    }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    let name = try KeyName.chosen(name, in: world)
    let store = KeyStore(try world.folders)
    do throws(KeyStoreError) { try store.refuseTaken(name) } catch { throw Failure(error) }
    let derivation = light ? KeyDerivation.light : .standard
    if let keystore {
      let file = try open(keystore)
      let passphrase = try passphrase.read(in: world, prompt: "Passphrase of \(keystore): ")
      try world.keep(
        try unlock(file, passphrase), as: name, passphrase: passphrase, derivation: derivation)
    } else {
      let key = try privateKey()
      let passphrase = try passphrase.read(
        in: world, prompt: "Passphrase for the key '\(name)': ", isNew: true)
      try world.keep(key, as: name, passphrase: passphrase, derivation: derivation)
    }
    return .done
  }

  private func open(_ path: String) throws(Failure) -> Keystore {
    do {
      return try Keystore(parsing: try Files.read(FilePath(path), limit: 1 << 16))
    } catch let error as FileError {
      throw Failure(reading: path, error.errno)
    } catch {
      throw Failure(.data, "\(path): \(error)")
    }
  }

  private func unlock(
    _ file: Keystore, _ passphrase: borrowing Passphrase
  ) throws(Failure) -> PrivateKey {
    do throws(KeystoreError) {
      return try file.unlock(passphrase)
    } catch {
      throw Failure(error.status, "\(keystore ?? ""): \(error)")
    }
  }

  private func privateKey() throws(Failure) -> PrivateKey {
    let name = privateKeyFile ?? "descriptor \(privateKeyFd ?? 0)"
    let text: SecretBytes?
    do throws(Errno) {
      if let privateKeyFile {
        text = try SecretBytes.read(FilePath(privateKeyFile), limit: 1024)
      } else {
        text = try SecretBytes.read(FileDescriptor(rawValue: privateKeyFd ?? 0), limit: 1024)
      }
    } catch {
      throw Failure(reading: name, error)
    }
    guard let text else { throw Failure(.data, "\(name) is too long for a private key") }
    do throws(PrivateKeyError) {
      return try PrivateKey(hex: text)
    } catch {
      throw Failure(
        .data, "\(name) holds no private key: \(error)",
        hint: "64 hexadecimal digits, with or without 0x; a V3 keystore goes with --keystore")
    }
  }
}

extension Failure {
  fileprivate init(reading name: String, _ errno: Errno) {
    let status: Status =
      switch errno {
      case .noSuchFileOrDirectory: .missingInput
      case .permissionDenied: .permission
      default: .io
      }
    self.init(status, "cannot read \(name): \(errno)")
  }
}
