import ArgumentParser

/// The options of a job, alike in `new` and `set`.
struct JobOptions: ParsableArguments {
  @Option(help: "Run <text> itself as the job's script.")
  var code: String?

  @Option(help: "Clone the job's sources from <url> (https, ssh, file).")
  var repository: String?

  @Option(help: "Check out <ref>: a branch, tag or commit of --repository.")
  var ref: String?

  @Option(help: "Run this file of the sources.", completion: .file())
  var entrypoint: String?

  @Option(help: "Run the entrypoint by <program>; `none` runs it by itself.")
  var interpreter: String?

  @Option(help: "Ask for GPUs: TYPE[:MEMORY[:COUNT]][,compute>=X.Y].")
  var gpu: String?

  @Option(help: "Limit memory to <size>, such as 512MiB (by default 1GiB).")
  var memory: String?

  @Option(help: "Limit the run to <duration>, such as 10m (by default 10m).")
  var timeout: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Set an environment variable; may be repeated.", valueName: "k=v"))
  var env: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: "Pass <arg> to the job; may be repeated.")
  var arg: [String] = []

  @Option(help: "Pay <amount>, such as 0.1ETH; in --token's smallest unit where one is given.")
  var payment: String?

  @Option(help: "Pay in the ERC-20 at <address>.")
  var token: String?

  @Option(help: "Have nodes agree: none, low, medium, high or K-of-N (by default none).")
  var consensus: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: "Keep files that match <glob> as the result; @stdout is the output; may be repeated.")
  var outputs: [String] = []

  @Option(
    help: ArgumentHelp(
      "Bind content beside the job's files; may be repeated.", valueName: "cid[:name]"))
  var input: [String] = []

  @Flag(inversion: .prefixedNo, help: "Let the job use the network.")
  var network: Bool?

  func validate() throws {
    guard code == nil || repository == nil else {
      throw ValidationError("--code and --repository exclude each other")
    }
    if let ref {
      guard repository != nil else { throw ValidationError("--ref needs --repository") }
      guard !ref.hasPrefix("-"), !ref.isEmpty else {
        throw ValidationError("--ref \"\(ref)\" starts with '-' or is empty")
      }
    }
  }
}
