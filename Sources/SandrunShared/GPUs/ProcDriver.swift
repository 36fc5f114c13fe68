internal import Files
internal import SystemPackage

/// What NVIDIA's kernel module says by itself, in `/proc/driver/nvidia/gpus`.
///
/// It is a third word beside CUDA's and NVML's: libraries can be put in place of those two without any right.
struct ProcDriver {
  struct Entry {
    /// The model's name.
    var name: String?
    /// `GPU-…`, lower case; nil where the module does not tell.
    var uuid: String?
  }

  /// A GPU an entry, in the order of the bus; empty where there is no such module.
  let entries: [Entry]

  init(_ root: FilePath = "/proc/driver/nvidia/gpus") {
    let places = ((try? Files.list(root)) ?? []).sorted { $0.string < $1.string }
    entries = places.map { place in
      let bytes = try? Files.read(root.appending(place).appending("information"), limit: 1 << 16)
      return Self.entry(String(decoding: bytes ?? [], as: UTF8.self))
    }
  }

  static func entry(_ text: String) -> Entry {
    var entry = Entry()
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = String(parts[1].drop { $0 == " " || $0 == "\t" })
      switch parts[0] {
      case "Model": entry.name = value
      // Without the right to see it, question marks stand in its place.
      case "GPU UUID" where !value.contains("?"): entry.uuid = value.lowercased()
      default: break
      }
    }
    return entry
  }
}
