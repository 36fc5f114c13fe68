import Ethereum
import Files
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

#if canImport(Glibc)
  import Glibc
#endif

/// The commitment secret of an account: made once, for all who ask; never made anew over what is there.
@Suite struct CommitmentSecretTests {
  private let scratch: Scratch
  private let store: KeyStore
  private let node: Address

  init() throws {
    scratch = try Scratch()
    store = KeyStore(folder: scratch.path.appending("data").appending("keys"))
    node = PrivateKey.random().address
  }

  /// A salt tells two secrets apart.
  private func salt(_ secret: borrowing CommitmentSecret) -> Digest32 {
    secret.salt(chainId: 31337, marketplace: node, jobId: .zero)
  }

  private func make() throws -> Digest32 { salt(try store.findOrMakeCommitmentSecret(of: node)) }

  @Test func itIsMadeOnceAndFoundAgain() throws {
    let path = store.secretPath(of: node)
    #expect(throws: KeyStoreError.noSecret(node, path)) {
      _ = try store.commitmentSecret(of: node)
    }
    let first = try store.findOrMakeCommitmentSecret(of: node)
    let again = try store.findOrMakeCommitmentSecret(of: node)
    let found = try store.commitmentSecret(of: node)
    let isNew = (first.isNew, again.isNew, found.isNew)
    #expect(isNew == (true, false, false))
    let salts = (salt(first), salt(again), salt(found))
    #expect(salts.0 == salts.1)
    #expect(salts.0 == salts.2)
    #expect(try path.stat().permissions == .ownerReadWrite)
    #expect(try store.folder.stat().permissions == .ownerReadWriteExecute)
    // Nothing else is left beside it, and it is no key.
    #expect(try Files.list(store.folder).map(\.string) == ["\(node).secret"])
    #expect(try store.names() == [])
  }

  @Test func everyAccountHasItsOwn() throws {
    let other = PrivateKey.random().address
    let one = try make()
    let two = salt(try store.findOrMakeCommitmentSecret(of: other))
    #expect(one != two)
    // The file of one account is refused under the name of another.
    let path = store.secretPath(of: other)
    try Files.writeAtomically(
      try Files.read(store.secretPath(of: node)), to: path, mode: .ownerReadWrite)
    #expect(throws: KeyStoreError.badSecret(other, path)) {
      _ = try store.commitmentSecret(of: other)
    }
  }

  @Test func manyAtOnceAgree() async throws {
    let salts = try await withThrowingTaskGroup(of: (Digest32, Bool).self) { group in
      for _ in 0..<24 {
        group.addTask {
          let secret = try store.findOrMakeCommitmentSecret(of: node)
          return (salt(secret), secret.isNew)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(salts.map(\.0)).count == 1)
    #expect(salts.count(where: \.1) == 1)
    #expect(try Files.list(store.folder).count == 1)
  }

  @Test func whatIsDamagedIsRefusedAndStays() throws {
    _ = try make()
    let path = store.secretPath(of: node)
    let good = try Files.read(path)
    #expect(good.count == 74)
    var damaged: [[UInt8]] = [
      [], Array(good.dropLast()), good + [10], Array(good.prefix(32)), Array(good.dropFirst()),
      Array(String(decoding: good, as: UTF8.self).uppercased().utf8),
      [UInt8](repeating: 48, count: 74),
    ]
    for place in good.indices {
      var bytes = good
      // Another digit, where a digit is.
      bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
      damaged.append(bytes)
    }
    for bytes in damaged {
      try Files.writeAtomically(bytes, to: path, mode: .ownerReadWrite)
      #expect(throws: KeyStoreError.badSecret(node, path)) {
        _ = try store.commitmentSecret(of: node)
      }
      #expect(throws: KeyStoreError.badSecret(node, path)) {
        _ = try store.findOrMakeCommitmentSecret(of: node)
      }
      #expect(try Files.read(path) == bytes)
    }
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o666]) func exposedIsRefused(mode: mode_t) throws {
    let before = try make()
    let path = store.secretPath(of: node)
    try #require(unsafe chmod(path.string, mode) == 0)
    #expect(throws: KeyStoreError.exposed(path, mode: mode)) {
      _ = try store.findOrMakeCommitmentSecret(of: node)
    }
    try #require(unsafe chmod(path.string, 0o400) == 0)
    #expect(try make() == before)
  }

  @Test func whatIsNoFileIsRefused() throws {
    try Files.makeDirectories(store.folder)
    let path = store.secretPath(of: node)
    try #require(unsafe symlink("nowhere", path.string) == 0)
    #expect(throws: KeyStoreError.noSecret(node, path)) { _ = try make() }
    unsafe unlink(path.string)
    // A pipe that nobody writes to is not waited for.
    try #require(unsafe mkfifo(path.string, 0o600) == 0)
    #expect(throws: KeyStoreError.file(FileError("read", path, .invalidArgument))) {
      _ = try make()
    }
    unsafe unlink(path.string)
    try Files.makeDirectories(path)
    #expect(throws: KeyStoreError.self) { _ = try make() }
  }

  /// The salts of a secret that a backup brought, computed by Python's hmac.
  @Test func saltsOfAKnownSecret() throws {
    let rows = try Row.own("commitment-salts.jsonl")
    try Files.makeDirectories(store.folder)
    for row in rows {
      let node = try Address(parsing: row.text("node"))
      try Files.writeAtomically(
        Array((row.text("line") + "\n").utf8), to: store.secretPath(of: node), mode: .ownerReadWrite
      )
      let secret = try store.commitmentSecret(of: node)
      let salt = secret.salt(
        chainId: try UInt256(decimal: row.text("chainId")),
        marketplace: try Address(parsing: row.text("marketplace")), jobId: try row.digest("jobId"))
      #expect(try salt == row.digest("salt"))
    }
    #expect(rows.count == 24)
  }
}
