internal import Files
internal import Hashing
internal import Records
internal import SystemPackage

/// Contracts that belong together: all of them have their names, or none has.
extension ContractRegistry {
  /// The names of a set that another contract has on the chain; those that are the set's own already are none.
  public func taken(
    by contracts: [RegisteredContract]
  ) throws(ContractRegistryError) -> [ContractName] {
    var taken: [ContractName] = []
    for contract in contracts {
      guard let there = try read(path(of: contract.name, on: contract.chain)) else { continue }
      if !there.isSame(as: contract) { taken.append(contract.name) }
    }
    return taken
  }

  /// Puts contracts of one chain into the registry that belong together; a name that another has is refused unless `replacing`.
  ///
  /// At no moment has one of them its name beside another's contract: those that are replaced lose their names before,
  /// so that what is left of a crash is a part of the set, and the next run adds the rest. Where a file cannot be written,
  /// all is as before.
  public func add(
    _ contracts: [RegisteredContract], replacing: Bool = false
  ) throws(ContractRegistryError) {
    guard let chain = contracts.first?.chain else { return }
    let large = contracts.first { $0.json.bytes.count >= Self.fileLimit }
    if let large { throw .tooLarge(large.name) }
    let place = folder(of: chain)
    do throws(FileError) { try Files.makeDirectories(place) } catch { throw .file(error) }
    let lock: OpenFile
    do throws(FileError) {
      lock = try OpenFile(
        place.appending(".lock"), .readWrite, options: .create,
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      _ = try lock.lock(waiting: true)
    } catch { throw .file(error) }
    defer { lock.unlock() }
    if !replacing, let name = try taken(by: contracts).first { throw .taken(name, chain) }
    var missing: [RegisteredContract] = []
    for contract in contracts {
      // What cannot be read is none of the set's.
      let there = try? read(path(of: contract.name, on: chain))
      if there?.isSame(as: contract) != true { missing.append(contract) }
    }
    do throws(FileError) { try put(missing, in: place) } catch { throw .file(error) }
  }

  /// Gives contracts their names, and takes them from others; where that fails, the others have them again.
  private func put(_ contracts: [RegisteredContract], in place: FilePath) throws(FileError) {
    guard !contracts.isEmpty else { return }
    let stage = place.appending(".set")
    // What a crash has left of an earlier one.
    try Files.removeTree(stage)
    let (coming, going) = (stage.appending("new"), stage.appending("old"))
    try Files.makeDirectories(coming)
    try Files.makeDirectories(going)
    defer { try? Files.removeTree(stage) }
    let names = contracts.map { "\($0.name).json" }
    for (contract, name) in zip(contracts, names) {
      try Files.writeAtomically(
        contract.json.bytes + [UInt8(ascii: "\n")], to: coming.appending(name))
    }
    var (taken, given): ([String], [String]) = ([], [])
    do throws(FileError) {
      for name in names where try Files.status(place.appending(name)) != nil {
        try OpenFile.move(place.appending(name), to: going.appending(name))
        taken.append(name)
      }
      try Files.syncDirectory(place)
      for name in names {
        try Files.moveWithoutReplacing(coming.appending(name), to: place.appending(name))
        given.append(name)
      }
      try Files.syncDirectory(place)
    } catch {
      for name in given { try? Files.removeTree(place.appending(name)) }
      for name in taken {
        try? Files.moveWithoutReplacing(going.appending(name), to: place.appending(name))
      }
      try? Files.syncDirectory(place)
      throw error
    }
  }
}

extension RegisteredContract {
  /// Whether it is the same contract with the same ABI.
  fileprivate func isSame(as other: RegisteredContract) -> Bool {
    (name, chain, address) == (other.name, other.chain, other.address) && abi == other.abi
  }
}
