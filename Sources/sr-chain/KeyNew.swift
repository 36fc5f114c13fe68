import ArgumentParser
import CLinux
import Commands
import Ethereum
import Files
import Records
import Signing
import SystemPackage

struct KeyNew: Command {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a key from random numbers.",
    discussion: """
      With --mnemonic the key is one of a new mnemonic's, whose words are kept nowhere here: they \
      are shown once at the terminal, or written to a new file that only its owner may read.
      """)
  static let verb = "key new"

  @Argument(help: "What to call it (else SANDRUN_KEY, else 'default').")
  var name: String?

  @Flag(help: "Make the key of a new mnemonic, and show its words at the terminal.")
  var mnemonic = false

  @Option(
    help: "With --mnemonic: write the words to the new <file>, not to the terminal.",
    completion: .file())
  var mnemonicOut: String?

  @Option(help: "With --mnemonic: make <n> words: 12, 15, 18, 21 or 24.")
  var words: Int = 12

  @OptionGroup var wallet: WalletOptions

  @Flag(help: "Lock it in milliseconds, not a second: for tests, since it hardly protects.")
  var light = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard Mnemonic.counts.contains(words) else {
      throw ValidationError("--words takes 12, 15, 18, 21 or 24")
    }
    guard mnemonic || mnemonicOut == nil && words == 12 && !wallet.isSet else {
      throw ValidationError(
        "--mnemonic-out, --words, --path and --mnemonic-passphrase-file go with --mnemonic")
    }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    // From here on this process knows a secret.
    _ = sr_hide_memory()
    let name = try KeyName.chosen(name, in: world)
    let store = KeyStore(try world.folders)
    do throws(KeyStoreError) { try store.refuseTaken(name) } catch { throw Failure(error) }
    let passphrase = try passphrase.read(
      in: world, prompt: "Passphrase for the new key '\(name)': ", isNew: true)
    let derivation = light ? KeyDerivation.light : .standard
    guard mnemonic else {
      try world.keep(.random(), as: name, passphrase: passphrase, derivation: derivation)
      return .done
    }
    let sentence: Mnemonic
    do throws(MnemonicError) { sentence = try .random(words: words) } catch {
      throw Failure(.usage, error.description)
    }
    let key = try wallet.key(of: sentence)
    try hand(over: sentence, in: world)
    do throws(Failure) {
      try world.keep(
        key, as: name, passphrase: passphrase, derivation: derivation, at: wallet.path)
    } catch {
      // Words of a key that is not there would only mislead; where the key is, only its record was not heard.
      if let mnemonicOut, (try? store.refuseTaken(name)) != nil {
        try? Files.removeTree(FilePath(mnemonicOut))
      }
      throw error
    }
    return .done
  }

  /// Gives the words away before the key is kept: a key without its words is not what was asked for.
  private func hand(over mnemonic: borrowing Mnemonic, in world: World) throws(Failure) {
    guard let mnemonicOut else {
      do throws(PassphraseError) {
        try mnemonic.show(stop: world.interruption.descriptor)
      } catch {
        guard case .noTerminal(let errno) = error else { throw Failure(error) }
        throw Failure(
          .missingInput, "no terminal to show the words at: \(errno)",
          hint: "--mnemonic-out writes them to a file")
      }
      return
    }
    do throws(FileError) {
      try mnemonic.line().withArray { bytes throws(FileError) in
        try Files.writeAtomically(
          bytes, to: FilePath(mnemonicOut), mode: .ownerReadWrite, replacing: false)
      }
    } catch {
      throw Failure(creating: mnemonicOut, error)
    }
  }
}
