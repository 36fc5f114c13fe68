import Commands
import Files
import SystemPackage

/// Where what comes with the tools lies, besides the programs themselves: the development chain, the contracts.
enum Libexec {
  /// The first place that holds a file: `SANDRUN_LIBEXEC` alone where that is set, else `libexec/sandrun` beside the
  /// installed program, then the checkout that it was built in.
  static func place(holding file: FilePath, in world: World) -> FilePath? {
    var places = world.environment["SANDRUN_LIBEXEC"].map { [FilePath($0)] } ?? []
    if places.isEmpty, let program = try? Files.resolve("/proc/self/exe") {
      var above = program.removingLastComponent()
      places.append(above.removingLastComponent().appending("libexec/sandrun"))
      while above.removeLastComponent() { places.append(above.appending("contracts")) }
    }
    return places.first { isThere($0.pushing(file)) }
  }

  static func isThere(_ path: FilePath) -> Bool {
    (try? Files.status(path)).flatMap(\.self) != nil
  }
}
