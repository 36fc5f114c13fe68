public import Records

extension Record {
  /// The record with one more element in an array of `escrow`: in the place of one that has the same values of the key's
  /// members, else at the end.
  ///
  /// Everything else leaves byte for byte as it came.
  public func addingEscrow(
    _ name: String, _ element: JSONObject, key: [String] = ["node", "round"]
  ) throws(Failure) -> Record {
    guard var escrow = try objectText("escrow") else {
      throw Failure(.data, "the record has no \"escrow\"")
    }
    let bytes = JSON.object(element).bytes
    do {
      guard let text = escrow.text(of: name), try escrow.value(of: name) != .null else {
        escrow.set(name, to: JSON.array([.object(element)]).bytes)
        return setting("escrow", toText: escrow.bytes)
      }
      var array = try ArrayText(parsing: Array(text))
      let place = try array.elements.firstIndex { other in
        let other = try JSON(parsing: other)
        return key.allSatisfy { other[$0] == element[$0] }
      }
      if let place { array.elements[place] = bytes } else { array.elements.append(bytes) }
      escrow.set(name, to: array.bytes)
    } catch {
      throw Failure(.data, "malformed \"escrow.\(name)\": \(error)")
    }
    return setting("escrow", toText: escrow.bytes)
  }
}
