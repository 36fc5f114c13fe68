import ArgumentParser
import Commands
import Ethereum
import Records
import Signing
import SystemPackage

/// Which of the keys of a mnemonic is meant.
struct WalletOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Take the mnemonic's key at <path>.", valueName: "path"),
    transform: { text in
      do { return try DerivationPath(parsing: text) } catch { throw ValidationError("\(error)") }
    })
  var path: DerivationPath = .ethereum

  @Option(
    help: "Read the mnemonic's own passphrase from <file>; without it there is none.",
    completion: .file())
  var mnemonicPassphraseFile: String?

  /// Whether one of these was given, though they say nothing without a mnemonic.
  var isSet: Bool { path != .ethereum || mnemonicPassphraseFile != nil }

  /// The key; a wrong passphrase gives another one, since none is wrong to BIP-39.
  func key(of mnemonic: borrowing Mnemonic) throws(Failure) -> PrivateKey {
    let passphrase: Passphrase
    do throws(PassphraseError) {
      passphrase =
        if let mnemonicPassphraseFile {
          try PassphraseSource.file(FilePath(mnemonicPassphraseFile)).read()
        } else {
          Passphrase(.empty)
        }
    } catch {
      throw Failure(error)
    }
    let seed: SecretBytes
    do throws(MnemonicError) { seed = try mnemonic.seed(passphrase: passphrase) } catch {
      throw Failure(.data, error.description)
    }
    let derived: ExtendedKey
    do throws(ExtendedKeyError) { derived = try ExtendedKey(seed: seed).derived(path) } catch {
      throw Failure(.data, "\(path): \(error)")
    }
    do throws(PrivateKeyError) { return try derived.privateKey() } catch {
      throw Failure(.data, "\(path): \(error)")
    }
  }
}
