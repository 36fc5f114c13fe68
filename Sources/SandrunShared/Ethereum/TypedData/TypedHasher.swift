internal import Hashing
internal import Records
internal import WideInteger

/// Hashes values by their declared types (EIP-712, `hashStruct` and `encodeData`).
struct TypedHasher {
  private let structures: TypedStructures
  /// The hashes of types that were needed so far.
  private var typeHashes: [String: Digest32] = [:]

  init(_ structures: TypedStructures) { self.structures = structures }

  /// The hash of a structure; its depth is that of the JSON, which is bounded.
  ///
  /// Where a value stands is put together only for an error, on its way out: a path a value would cost too much.
  mutating func hash(_ value: JSON, as name: String) throws(TypedDataError) -> Digest32 {
    guard let object = value.object else { throw .badValue("", "\(value.kind), not a \(name)") }
    guard let members = structures.members(of: name) else { throw .unknownType(name) }
    if object.members.count > members.count {
      let names = Set(members.map(\.name))
      let odd = object.members.first { !names.contains($0.name) }
      throw .unknownMember(".\(odd?.name ?? "")")
    }
    let values = Dictionary(object.members.map { ($0.name, $0.value) }) { first, _ in first }
    var hasher = Keccak256()
    hasher.update(typeHash(of: name).bytes)
    for member in members {
      guard let value = values[member.name] else { throw .missing(".\(member.name)") }
      do throws(TypedDataError) {
        hasher.update(try word(value, member.type))
      } catch {
        throw error.inside(".\(member.name)")
      }
    }
    return hasher.finish()
  }

  private mutating func typeHash(of name: String) -> Digest32 {
    if let known = typeHashes[name] { return known }
    let hash = structures.typeHash(of: name)
    typeHashes[name] = hash
    return hash
  }

  /// The 32 bytes that stand for a value in the hash of what is around it.
  private mutating func word(
    _ value: JSON, _ type: TypedType
  ) throws(TypedDataError) -> [UInt8] {
    func bad(_ reason: String? = nil) -> TypedDataError {
      .badValue("", reason ?? "\(value.kind), not a value of \(type)")
    }
    switch type {
    case .bool:
      guard let flag = value.boolean else { throw bad() }
      return UInt256(flag ? 1 : 0).bytes
    case .string:
      guard let text = value.string else { throw bad() }
      return Keccak256.hash(Array(text.utf8)).bytes
    case .address:
      guard let text = value.string else { throw bad() }
      do throws(AddressError) { return try Address(parsing: text).word } catch {
        throw bad("no address: \(error)")
      }
    case .bytes, .fixedBytes:
      guard let bytes = value.string.flatMap({ try? Hex.decode($0) }) else {
        throw bad("not 0x and pairs of hexadecimal digits")
      }
      guard case .fixedBytes(let count) = type else { return Keccak256.hash(bytes).bytes }
      guard bytes.count == count else { throw bad("\(bytes.count) bytes, not \(count)") }
      return bytes + [UInt8](repeating: 0, count: 32 - count)
    case .integer(let bits, let isSigned):
      guard let word = Self.integer(value, bits, isSigned) else {
        throw bad("\(value) is no \(type)")
      }
      return word.bytes
    case .structure(let name):
      // A structure that is not there ends a recursion: wallets take null, and zeros stand for it.
      if case .null = value { return [UInt8](repeating: 0, count: 32) }
      return try hash(value, as: name).bytes
    case .array(let element, let count):
      guard let elements = value.elements else { throw bad() }
      guard count ?? elements.count == elements.count else {
        throw bad("\(elements.count) elements, not \(count ?? 0)")
      }
      var hasher = Keccak256()
      for (index, one) in elements.enumerated() {
        do throws(TypedDataError) {
          hasher.update(try word(one, element))
        } catch {
          throw error.inside("[\(index)]")
        }
      }
      return hasher.finish().bytes
    }
  }

  /// The two's complement of a number, a decimal string or a quantity; nil where the type has no such value.
  private static func integer(_ value: JSON, _ bits: Int, _ isSigned: Bool) -> UInt256? {
    let text: String
    switch value {
    case .number(let number): text = number.description
    case .string(let string): text = string
    default: return nil
    }
    if isSigned, text.utf8.first == UInt8(ascii: "-") {
      guard let number = try? Int256(decimal: text) else { return nil }
      return number.magnitude <= UInt256(1) << (bits - 1) ? number.bits : nil
    }
    let number =
      text.utf8.starts(with: "0x".utf8) ? try? UInt256(hex: text) : try? UInt256(decimal: text)
    guard let number, number.leadingZeroBitCount >= 256 - bits + (isSigned ? 1 : 0) else {
      return nil
    }
    return number
  }
}
