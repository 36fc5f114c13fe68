internal import Files
public import SystemPackage

extension KeyStore {
  /// Where the commitment secret of an account lies, or would lie: beside its key, to be backed up with it.
  public func secretPath(of node: Address) -> FilePath { folder.appending("\(node).secret") }

  /// The commitment secret of an account; `noSecret` where none was made.
  ///
  /// Refused where others than its owner may read or change it, and where it is not as it was written.
  public func commitmentSecret(of node: Address) throws(KeyStoreError) -> CommitmentSecret {
    let path = secretPath(of: node)
    let descriptor: FileDescriptor
    do throws(KeyStoreError) {
      descriptor = try Self.open(path)
    } catch .notFound {
      throw .noSecret(node, path)
    } catch {
      throw error
    }
    defer { try? descriptor.close() }
    let line: SecretBytes?
    do throws(Errno) {
      line = try SecretBytes.read(descriptor, limit: CommitmentSecret.lineLength)
    } catch {
      throw .file(FileError("read", path, error))
    }
    guard let line, let secret = CommitmentSecret(line: line, of: node) else {
      throw .badSecret(node, path)
    }
    return secret
  }

  /// The commitment secret of an account, made now where there is none; of several at once all get the same.
  ///
  /// It is on disk when this returns: what is committed with it can be opened after a crash. One that is damaged is
  /// refused, never made anew. `isNew` tells whether it was made here.
  public func findOrMakeCommitmentSecret(of node: Address) throws(KeyStoreError) -> CommitmentSecret
  {
    let path = secretPath(of: node)
    var isNew = false
    do throws(FileError) {
      if try Files.status(path) == nil {
        try Files.makeDirectories(folder, mode: .ownerReadWriteExecute)
        isNew = try make(path, node)
      }
      // Another may have made it a moment ago, and its name need not be on disk yet.
      try Files.syncFolders(above: path)
    } catch {
      throw .file(error)
    }
    var secret = try commitmentSecret(of: node)
    secret.isNew = isNew
    return secret
  }

  /// Puts a new secret under a name; false where another was there first.
  private func make(_ path: FilePath, _ node: Address) throws(FileError) -> Bool {
    do throws(FileError) {
      try CommitmentSecret.random().line(of: node).withArray { (bytes) throws(FileError) in
        try Files.writeAtomically(bytes, to: path, mode: .ownerReadWrite, replacing: false)
      }
      return true
    } catch {
      guard error.errno == .fileExists else { throw error }
      return false
    }
  }
}
