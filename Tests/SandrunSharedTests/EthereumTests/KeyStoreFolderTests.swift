import Ethereum
import Files
import Records
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The folder of keys: names, modes, and nothing overwritten.
@Suite struct KeyStoreFolderTests {
  private let scratch: Scratch
  private let store: KeyStore

  init() throws {
    scratch = try Scratch()
    store = KeyStore(folder: scratch.path.appending("data").appending("keys"))
  }

  private func passphrase(_ text: String = "pw") -> Passphrase {
    let bytes = Array(text.utf8)
    return Passphrase(SecretBytes(copying: bytes.span))
  }

  private func add(_ name: String) throws -> (KeyName, Address) {
    let key = PrivateKey.random()
    let address = key.address
    let name = try KeyName(name)
    try store.add(Keystore(key, passphrase: passphrase(), derivation: .light), as: name)
    return (name, address)
  }

  @Test func aKeyIsKeptAndFoundAgain() throws {
    #expect(try store.names() == [])
    let (name, address) = try add("default")
    #expect(try store.address(of: name) == address)
    let unlocked = try store.unlock(name, with: passphrase()).address
    #expect(unlocked == address)
    #expect(try store.path(of: name).stat().permissions == .ownerReadWrite)
    #expect(try store.folder.stat().permissions == .ownerReadWriteExecute)
    #expect(throws: KeyStoreError.keystore(store.path(of: name), .wrongPassphrase)) {
      _ = try store.unlock(name, with: passphrase("other"))
    }
  }

  @Test func namesAreListedByTheirBytes() throws {
    for name in ["b", "B", "a-1", "a", "default"] { _ = try add(name) }
    try Files.writeAtomically([], to: store.folder.appending(".default.json.0123"))
    try Files.writeAtomically([], to: store.folder.appending("notes.txt"))
    #expect(try store.names().map(\.description) == ["B", "a", "a-1", "b", "default"])
  }

  @Test func nothingIsOverwritten() throws {
    let (name, _) = try add("default")
    let before = try Files.read(store.path(of: name))
    #expect(throws: KeyStoreError.taken(name, store.path(of: name))) { try store.refuseTaken(name) }
    #expect(throws: KeyStoreError.taken(name, store.path(of: name))) { _ = try add("default") }
    #expect(try Files.read(store.path(of: name)) == before)
    #expect(try Files.list(store.folder).count == 1)
    // A dangling link holds the name too.
    let link = try KeyName("link")
    try #require(unsafe symlink("nowhere", store.path(of: link).string) == 0)
    #expect(throws: KeyStoreError.self) { try store.refuseTaken(link) }
    #expect(throws: KeyStoreError.self) { _ = try add("link") }
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o644, 0o660, 0o777])
  func exposedFilesAreRefused(mode: mode_t) throws {
    let (name, _) = try add("default")
    let path = store.path(of: name)
    try #require(unsafe chmod(path.string, mode) == 0)
    #expect(throws: KeyStoreError.exposed(path, mode: mode)) { try store.keystore(name) }
    #expect(throws: KeyStoreError.exposed(path, mode: mode)) { try store.address(of: name) }
    try #require(unsafe chmod(path.string, 0o400) == 0)
    #expect(throws: Never.self) { try store.keystore(name) }
  }

  @Test func aMissingKeyAndWhatIsNoFile() throws {
    let name = try KeyName("nobody")
    #expect(throws: KeyStoreError.notFound(store.path(of: name))) {
      try store.keystore(name)
    }
    try Files.makeDirectories(store.folder)
    try Files.makeDirectories(store.path(of: name))
    #expect(throws: KeyStoreError.self) { try store.keystore(name) }
    let pipe = try KeyName("pipe")
    try #require(unsafe mkfifo(store.path(of: pipe).string, 0o600) == 0)
    #expect(throws: KeyStoreError.self) { try store.keystore(pipe) }
  }

  @Test func aFileWithoutItsAddress() throws {
    let (name, _) = try add("default")
    let path = store.path(of: name)
    var file = try #require(try JSON(parsing: Files.read(path)).object)
    file["address"] = nil
    try Files.writeAtomically(JSON.object(file).bytes, to: path, mode: .ownerReadWrite)
    #expect(throws: KeyStoreError.noAddress(path)) { try store.address(of: name) }
    #expect(throws: Never.self) { _ = try store.unlock(name, with: passphrase()) }
  }

  @Test(arguments: [
    "", ".", "..", ".x", "-x", "a/b", "/a", "a b", "a\n", "a\0", "ä", "a*", "~",
    String(repeating: "a", count: 129),
  ])
  func badNames(text: String) {
    #expect(throws: KeyStoreError.badName(text)) { try KeyName(text) }
  }

  @Test(arguments: ["a", "A.b_c-d", "0", "_x", "a..b", String(repeating: "a", count: 128)])
  func goodNames(text: String) throws {
    #expect(try KeyName(text).description == text)
  }
}
