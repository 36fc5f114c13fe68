/// Names that strangers give to files.
enum FileName {
  /// A relative path that stays in its folder, with `/` between names; nil for anything else.
  static func checked(_ name: String) -> String? {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && !part.contains(0) && part.count <= 255
    }
    return isPlain && name.utf8.count < 4096 && parts.count <= 60 ? name : nil
  }

  /// The name of a script that came as text: `blob` is what browsers say for none.
  static func script(_ name: String?) -> String {
    guard let name = name.flatMap(checked), name != "blob", !name.contains("/") else {
      return "main"
    }
    return name
  }

  /// Whether a name is that of an archive that is unpacked.
  static func isArchive(_ name: String) -> Bool {
    let lower = name.lowercased()
    return [".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.zst", ".tzst", ".zip"].contains {
      lower.hasSuffix($0)
    }
  }
}
