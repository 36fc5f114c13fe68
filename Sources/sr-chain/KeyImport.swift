import ArgumentParser
import CLinux
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
      The key is 64 hexadecimal digits, one of a mnemonic's (BIP-39, BIP-32), or another program's \
      V3 keystore, which must open with the passphrase; the copy is locked with the same one anew.
      """)
  static let verb = "key import"

  @Argument(help: "What to call it (else SANDRUN_KEY, else 'default').")
  var name: String?

  @Option(help: "Read the key as hexadecimal digits from <file>.", completion: .file())
  var privateKeyFile: String?

  @Option(help: "Read the key as hexadecimal digits from the open file descriptor <n>.")
  var privateKeyFd: Int32?

  @Option(help: "Read the words of a mnemonic from <file>.", completion: .file())
  var mnemonicFile: String?

  @Option(help: "Read the words of a mnemonic from the open file descriptor <n>.")
  var mnemonicFd: Int32?

  @OptionGroup var wallet: WalletOptions

  @Option(help: "Take the key from the V3 keystore <file>.", completion: .file())
  var keystore: String?

  @Flag(help: "Lock it in milliseconds, not a second: for tests, since it hardly protects.")
  var light = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    let sources = [
      privateKeyFile != nil, privateKeyFd != nil, mnemonicFile != nil, mnemonicFd != nil,
      keystore != nil,
    ]
    guard sources.count(where: { $0 }) == 1 else {
      throw ValidationError(
        "give one of --private-key-file, --private-key-fd, --mnemonic-file, --mnemonic-fd and "
          + "--keystore")
    }
    for (option, number) in [("private-key", privateKeyFd), ("mnemonic", mnemonicFd)] {
      guard let number else { continue }
      guard number >= 0 else { throw ValidationError("--\(option)-fd takes 0 or more") }
      guard number != passphrase.passphraseFd else {
        throw ValidationError("--\(option)-fd and --passphrase-fd must differ")
      }
    }
    guard mnemonicFile != nil || mnemonicFd != nil || !wallet.isSet else {
      throw ValidationError("--path and --mnemonic-passphrase-file are about a mnemonic")
    }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    // From here on this process knows a secret.
    _ = sr_hide_memory()
    let name = try KeyName.chosen(name, in: world)
    let store = KeyStore(try world.folders)
    do throws(KeyStoreError) { try store.refuseTaken(name) } catch { throw Failure(error) }
    let derivation = light ? KeyDerivation.light : .standard
    if let keystore {
      let file = try open(keystore)
      let passphrase = try passphrase.read(in: world, prompt: "Passphrase of \(keystore): ")
      try world.keep(
        try unlock(file, passphrase), as: name, passphrase: passphrase, derivation: derivation)
    } else if let source = SecretSource(file: mnemonicFile, descriptor: mnemonicFd) {
      try keep(try words(source), as: name, derivation, at: wallet.path, in: world)
    } else {
      try keep(try privateKey(), as: name, derivation, at: nil, in: world)
    }
    return .done
  }

  private func keep(
    _ key: consuming PrivateKey, as name: KeyName, _ derivation: KeyDerivation,
    at path: DerivationPath?, in world: World
  ) throws(Failure) {
    let passphrase = try passphrase.read(
      in: world, prompt: "Passphrase for the key '\(name)': ", isNew: true)
    try world.keep(
      key, as: name, passphrase: passphrase, derivation: derivation, at: path)
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

  private func words(_ source: SecretSource) throws(Failure) -> PrivateKey {
    let text = try source.read(limit: Mnemonic.lengthLimit, as: "a mnemonic")
    let mnemonic: Mnemonic
    do throws(MnemonicError) { mnemonic = try Mnemonic(parsing: text) } catch {
      throw Failure(.data, "\(source.name) holds no mnemonic: \(error)")
    }
    return try wallet.key(of: mnemonic)
  }

  private func privateKey() throws(Failure) -> PrivateKey {
    guard let source = SecretSource(file: privateKeyFile, descriptor: privateKeyFd) else {
      throw Failure(.usage, "no source of a private key")
    }
    let text = try source.read(limit: 1024, as: "a private key")
    do throws(PrivateKeyError) {
      return try PrivateKey(hex: text)
    } catch {
      throw Failure(
        .data, "\(source.name) holds no private key: \(error)",
        hint: "64 hexadecimal digits, with or without 0x; a V3 keystore goes with --keystore")
    }
  }
}
