import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The tools' specification: every script in Tests/Scripts, run with the real programs.
@Suite struct ScriptTests {
  static let names: [String] = {
    guard let folder = unsafe opendir("\(Vectors.checkout)/Tests/Scripts") else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(".txt") { names.append(name) }
    }
    // `make test SCRIPT=sr-job` runs the scripts whose names begin so.
    let wanted = unsafe getenv("SANDRUN_SCRIPT").map { unsafe String(cString: $0) } ?? ""
    return names.filter { $0.hasPrefix(wanted) }.sorted()
  }()

  @Test func scriptsAreThere() { #expect(!Self.names.isEmpty) }

  @Test(arguments: names) func script(_ name: String) async throws {
    await Self.places.take()
    do {
      var runner = try ScriptRunner(name)
      try await runner.run()
      await Self.places.give()
    } catch {
      await Self.places.give()
      throw error
    }
  }

  /// Scripts run programs by the dozen and wait for them: more at once would only be late.
  private static let places = Places(4)
}

/// So many may go on at once; the others wait, first come, first served.
private actor Places {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
