import Records

/// What must hold for any bytes that the JSON parser is given; a violation traps.
///
/// The fuzzer calls it with what it makes up, a test with the kept corpus.
public func checkJSONProperties(_ bytes: [UInt8]) {
  let tree = try? JSON(parsing: bytes)
  if let tree {
    // Compact text read back is the same value, and writing it again changes nothing.
    let written = tree.bytes
    guard let again = try? JSON(parsing: written) else { fatalError("unreadable: own output") }
    precondition(again == tree, "a value changed on its way through text")
    precondition(again.bytes == written, "writing is not stable")
  }
  guard var text = try? ObjectText(parsing: bytes) else {
    if case .object = tree { fatalError("the tree was read but the text was refused") }
    return
  }
  precondition(text.bytes == bytes, "an untouched object changed")
  let names = text.names
  text.set("sandrun", to: Array("[1]".utf8))
  precondition((try? text.value(of: "sandrun")) == [1], "a member that was set is not there")
  guard let reread = try? ObjectText(parsing: text.bytes) else {
    fatalError("an edit broke the text")
  }
  precondition(
    reread.names == (names.contains("sandrun") ? names : names + ["sandrun"]),
    "an edit touched another member's name")
  text.remove("sandrun")
  precondition((try? ObjectText(parsing: text.bytes)) != nil, "a removal broke the text")
  precondition(!text.has("sandrun"), "a member that was removed is still there")
  if let first = names.first, first != "sandrun", !first.contains("\u{fffd}") {
    text.remove(first)
    guard let shorter = try? ObjectText(parsing: text.bytes) else {
      fatalError("a removal broke it")
    }
    precondition(shorter.names == Array(names.dropFirst().filter { $0 != "sandrun" }))
  }
}
