/// The little script that every command starts through.
///
/// It says that it is there, and waits. Meanwhile its working directory is filled, and it is put into its control
/// group and onto its processor cores, all from outside. Then it learns its resource limits, sets them, and becomes
/// the command, with exactly the environment that was fixed for it.
enum Gate {
  /// Where the script reads that it may go on, and with which limits; the end of the file ends it.
  static let goOn: Int32 = 3
  /// Where it writes a line when it is there.
  static let arrived: Int32 = 4

  /// dash calls the number of processes `-p`, bash `-u`.
  private static let script = """
    echo >&4 && read -r files cpu tasks data <&3 && cd -- "$1" && shift && umask 022 &&
    ulimit -c 0 && ulimit -f "$files" &&
    { ulimit -S -n 1024; ulimit -H -n 4096; :; } 2>/dev/null &&
    { [ "$cpu" = - ] || ulimit -t "$cpu"; } &&
    { [ "$tasks" = - ] || ulimit -u "$tasks" 2>/dev/null || ulimit -p "$tasks"; } &&
    { [ "$data" = - ] || ulimit -d "$data"; } &&
    exec /usr/bin/env -i -- "$@" 3<&- 4>&-
    exit 125
    """

  /// The words that start a command through the gate, the run's name among them.
  static func arguments(
    _ command: [String], named name: String, environment: [String: String], folder: String
  ) -> [String] {
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return ["/bin/sh", "-c", script, name, folder] + variables + command
  }

  /// The line that opens the gate: file size in 512-byte blocks, seconds, processes, KiB of data; `-` for no limit.
  static func opening(_ limits: Limits, isWatched: Bool, gpus: Bool) -> String {
    let cpu = limits.cpuSeconds.map { "\(Int($0.rounded(.up)) + 1)" } ?? "-"
    guard isWatched else { return "\(limits.fileSize / 512) \(cpu) - -\n" }
    // The watcher is to strike first, since it can say why; these hold what is too fast for it.
    let tasks = limits.processes * 2 + 16
    let data = gpus ? "-" : "\((limits.memory >> 9) + 65_536)"
    return "\(limits.fileSize / 512) \(cpu) \(tasks) \(data)\n"
  }
}
