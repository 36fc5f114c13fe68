extension Files {
  /// Whether a symbolic link, so many folders below the top of a tree, never leads above that top.
  ///
  /// The target is taken as it is written. A `..` that follows a name is refused too: the name may be a link itself, and lead one up
  /// from elsewhere. The top's own entries lie at depth 0.
  public static func staysInside(linkTarget target: [UInt8], depth: Int) -> Bool {
    guard target.first != UInt8(ascii: "/"), !target.isEmpty, !target.contains(0) else {
      return false
    }
    var climbed = 0
    var descended = false
    for name in target.split(separator: UInt8(ascii: "/")) {
      if name.elementsEqual(".".utf8) { continue }
      if name.elementsEqual("..".utf8) {
        climbed += 1
        if descended { return false }
      } else {
        descended = true
      }
    }
    return climbed <= depth
  }
}
