import ArgumentParser
import Commands
import Ethereum
import Records
import Signing
import SystemPackage

/// The verbs on the keys that are ours.
struct Key: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep private keys in files under a passphrase.",
    discussion: """
      Keys are V3 keystore files, NAME.json in $XDG_DATA_HOME/sandrun/keys, that only their owner \
      may read. None is ever overwritten.
      """,
    subcommands: [
      KeyNew.self, KeyImport.self, KeyList.self, KeyAddress.self, KeyExport.self,
    ])

  /// The record of one key: what anyone may know of it.
  static func record(
    _ name: KeyName, _ address: Address?, at path: FilePath, created: Timestamp? = nil,
    derivedAt derivation: DerivationPath? = nil
  ) -> Record {
    var key: JSONObject = ["name": .string("\(name)")]
    key["address"] = address.map { .string("\($0)") }
    key["path"] = .string("\(path)")
    key["derivation"] = derivation.map { .string("\($0)") }
    key["created"] = created.map { .string("\($0)") }
    return Record(["key": .object(key)])
  }
}

extension World {
  /// Locks a key under a passphrase, keeps it, and tells of it.
  func keep(
    _ key: borrowing PrivateKey, as name: KeyName, passphrase: borrowing Passphrase,
    derivation: KeyDerivation, at derivationPath: DerivationPath? = nil
  ) throws(Failure) {
    let store = KeyStore(try folders)
    let keystore: Keystore
    do throws(KeystoreError) {
      keystore = try Keystore(key, passphrase: passphrase, derivation: derivation)
    } catch {
      throw Failure(error.status, error.description)
    }
    guard !interruption.isRequested else {
      throw Failure(.temporary, "stopped before the key '\(name)' was written")
    }
    do throws(KeyStoreError) {
      try store.add(keystore, as: name)
    } catch {
      throw Failure(error)
    }
    let second = Timestamp(seconds: now().seconds)
    try write(
      Key.record(
        name, keystore.address, at: store.path(of: name), created: second,
        derivedAt: derivationPath))
  }

  /// Writes one record.
  func write(_ record: Record) throws(Failure) {
    try output.write(record.bytes + [UInt8(ascii: "\n")])
  }
}
