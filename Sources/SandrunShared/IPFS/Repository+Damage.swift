internal import Files
internal import Hashing
internal import Synchronization
internal import SystemPackage

/// What the index still names, and is not to be used: packs that a sweep removed, and records whose bytes are damaged.
struct Exclusions: Sendable {
  let gone: Set<UInt32>
  private(set) var damaged: Set<Damage> = []
  private var places: Set<Damage.Place> = []
  private var latest: [Digest32: Damage] = [:]

  /// Nil where there is nothing.
  init?(gone: Set<UInt32>, damaged: [Damage]) {
    if gone.isEmpty && damaged.isEmpty { return nil }
    self.gone = gone
    for damage in damaged { insert(damage) }
  }

  /// Says whether it was not known.
  @discardableResult
  mutating func insert(_ damage: Damage) -> Bool {
    guard damaged.insert(damage).inserted else { return false }
    places.insert(damage.place)
    latest[damage.key] = damage
    return true
  }

  func exclude(_ location: Location) -> Bool {
    gone.contains(location.pack)
      || places.contains(Damage.Place(pack: location.pack, offset: location.offset))
  }

  /// Where a block was last found damaged.
  func damage(of key: Digest32) -> Damage? { latest[key] }
}

/// A record whose bytes were found not to be the block that it names.
///
/// The file `damaged` holds one after another: key 32, number of the pack 4, offset of the record 8, CRC-32C of these 44 bytes.
/// A block that is noted here counts as not being there, so that it is written anew when it is put again.
struct Damage: Hashable {
  struct Place: Hashable {
    var pack: UInt32
    var offset: Int
  }

  static let length = 48

  var key: Digest32
  var place: Place

  var bytes: [UInt8] {
    var bytes = key.bytes
    LittleEndian.append(place.pack, to: &bytes)
    LittleEndian.append(UInt64(place.offset), to: &bytes)
    LittleEndian.append(CRC32C.checksum(bytes), to: &bytes)
    return bytes
  }

  init(_ key: Digest32, pack: UInt32, offset: Int) {
    self.key = key
    place = Place(pack: pack, offset: offset)
  }

  init?(_ bytes: [UInt8], at offset: Int) {
    guard let key = try? Digest32(bytes.span.extracting(offset..<offset + 32)),
      unsafe CRC32C.checksum(bytes.span.bytes.extracting(offset..<offset + 44))
        == LittleEndian.uint32(bytes, at: offset + 44)
    else { return nil }
    self.init(
      key, pack: LittleEndian.uint32(bytes, at: offset + 32),
      offset: Int(truncatingIfNeeded: LittleEndian.uint64(bytes, at: offset + 36)))
  }
}

extension Repository {
  private var damagedPath: FilePath { path.appending("damaged") }

  /// The records that are known to be damaged, in packs that are there.
  func damaged(in packs: Set<UInt32>) throws(RepositoryError) -> [Damage] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(damagedPath, limit: 256 << 20)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
      return []
    }
    var found: [Damage] = []
    for offset in stride(from: 0, through: bytes.count - Damage.length, by: Damage.length) {
      if let damage = Damage(bytes, at: offset), packs.contains(damage.place.pack) {
        found.append(damage)
      }
    }
    return found
  }

  /// Notes for all processes that a record is damaged; where nothing can be written, for this one.
  func note(_ damage: Damage) throws(RepositoryError) {
    let isNew = state.withLock { state in
      guard state.exclusions != nil else {
        state.exclusions = Exclusions(gone: [], damaged: [damage])
        return true
      }
      return state.exclusions?.insert(damage) == true
    }
    guard isNew else { return }
    guard !isReadOnly else { return keep(unwritten: damage) }
    do throws(FileError) {
      let file = try OpenFile(
        damagedPath, .readWrite, options: [.create],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      _ = try file.lock(waiting: true)
      defer { file.unlock() }
      // What is torn is written over.
      let end = try file.size() / Damage.length * Damage.length
      try unsafe file.write(damage.bytes.span.bytes, at: end)
      try file.sync()
    } catch {
      guard Self.isUnwritable(error) else { throw .file(error) }
      keep(unwritten: damage)
    }
  }

  /// Notes damage for this process alone, and so that reading the notes on disk anew does not make it forgotten.
  private func keep(unwritten damage: Damage) {
    state.withLock { _ = $0.unwritten.insert(damage) }
  }

  /// Where a block lies damaged, as far as is known.
  func knownDamage(of key: Digest32) -> Damage? {
    state.withLock { $0.exclusions?.damage(of: key) }
  }
}
