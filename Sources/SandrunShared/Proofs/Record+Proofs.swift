public import Records

extension Record {
  /// The most proofs in one record: far more than the nodes of any job, and few enough to judge.
  public static let mostProofs = 256

  /// The elements of `proofs` in their order; none where there is no such member.
  public func proofs() throws(Failure) -> [ProofEntry] {
    guard let value = try self["proofs"], value != .null else { return [] }
    guard let elements = value.elements else {
      throw Failure(.data, "\"proofs\" is \(value.kind), not an array")
    }
    guard elements.count <= Self.mostProofs else {
      throw Failure(.data, "\(elements.count) proofs, where \(Self.mostProofs) is the most")
    }
    var entries: [ProofEntry] = []
    for element in elements { entries.append(try ProofEntry(element)) }
    return entries
  }

  /// The record with one more element in `proofs`; in the place of one that names the same file, else at the end.
  ///
  /// The other elements leave byte for byte as they came.
  public func addingProof(_ entry: JSON) throws(Failure) -> Record {
    guard let text = text.text(of: "proofs"), try self["proofs"] != .null else {
      return setting("proofs", to: [entry])
    }
    do {
      var array = try ArrayText(parsing: Array(text))
      let place = try array.elements.firstIndex { try JSON(parsing: $0)["path"] == entry["path"] }
      if let place {
        array.elements[place] = entry.bytes
      } else {
        array.elements.append(entry.bytes)
      }
      return setting("proofs", toText: array.bytes)
    } catch {
      throw Failure(.data, "malformed \"proofs\": \(error)")
    }
  }
}
