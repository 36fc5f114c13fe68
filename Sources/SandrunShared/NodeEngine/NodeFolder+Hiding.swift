internal import SystemPackage

extension NodeFolder {
  /// A text for clients: with a mark in the place of each path that is this node's own affair.
  ///
  /// That is its folder, and where the files of runs wait for the sandbox, which under root is in `/var/tmp`.
  func hidden(in text: String) -> String {
    var shown = text
    for prefix in [path.string, "/var/tmp/sandrun-"] {
      while let place = Self.place(of: prefix, in: shown.utf8) {
        let rest = shown[place.upperBound...]
        let end = rest.firstIndex { " :,;\"')".contains($0) || $0.isNewline } ?? shown.endIndex
        shown.replaceSubrange(place.lowerBound..<end, with: "…")
      }
    }
    return shown
  }

  private static func place(
    of prefix: String, in text: String.UTF8View
  ) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].starts(with: prefix.utf8) {
        return start..<text.index(start, offsetBy: prefix.utf8.count)
      }
      text.formIndex(after: &start)
    }
    return nil
  }
}
