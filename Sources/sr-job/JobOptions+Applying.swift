import Commands
import IPFS
import Marketplace
import Records
import WideInteger

extension JobOptions {
  /// Where the options say the sources are, nil where they say nothing.
  func origin() throws(Failure) -> Sources.Origin? {
    if let code { return .text(code) }
    guard let repository else { return nil }
    return .repository(try GitClone(url: repository, ref: ref))
  }

  /// Puts every option that was given into a job, and checks the whole.
  func apply(to job: inout Job) throws(Failure) {
    if let entrypoint { job.entrypoint = entrypoint }
    if let interpreter { job.interpreter = interpreter == "none" ? nil : interpreter }
    if let gpu { job.gpu = try requirement(gpu) }
    if let memory { job.memory = try bytes(memory) }
    if let timeout { job.timeout = try seconds(timeout) }
    for pair in env {
      guard let equals = pair.firstIndex(of: "=") else {
        throw bad("--env", pair, "is not K=V", hint: "write --env NAME=VALUE")
      }
      job.env[String(pair[..<equals])] = .string(String(pair[pair.index(after: equals)...]))
    }
    if !arg.isEmpty { job.args = arg }
    if !outputs.isEmpty { job.outputs = outputs }
    if !input.isEmpty { job.inputs = try input.map(parseInput) }
    if let consensus { job.consensus = try quorum(consensus) }
    if let network { job.network = network }
    try applyPayment(to: &job)
    do {
      try job.check()
    } catch {
      throw Failure(.usage, "\(error)", hint: hint(for: error))
    }
  }

  private func hint(for error: JobError) -> String {
    error.member == "job.env" && error.problem.contains("is fixed")
      ? "leave it out: \(Job.fixedVariables.joined(separator: ", ")) are alike on every node"
      : "see 'sr-job new --help'"
  }

  func seconds(_ text: String, named name: String = "--timeout") throws(Failure) -> Int {
    let duration = try read(name, text, Seconds.parse)
    guard duration.components.attoseconds == 0 else {
      throw bad(name, text, "is no whole number of seconds", hint: "write such as 90 or 10m")
    }
    return Int(duration.components.seconds)
  }

  func bytes(_ text: String, named name: String = "--memory") throws(Failure) -> Int {
    try read(name, text, ByteSize.parse)
  }

  func quorum(_ text: String, named name: String = "--consensus") throws(Failure) -> Quorum {
    guard let quorum = Quorum(text) else {
      throw bad(
        name, text, "is no level and no K-of-N with more than half of at most 15",
        hint: "write none, low, medium, high, or such as 2-of-3")
    }
    return quorum
  }

  private func requirement(_ text: String) throws(Failure) -> GPURequirement {
    guard text != "none" else {
      throw bad(
        "--gpu", text, "is no GPU", hint: "leave --gpu out; set takes one back: --unset gpu")
    }
    return try read("--gpu", text) { text throws(UnitError) in try .init(text) }
  }

  private func applyPayment(to job: inout Job) throws(Failure) {
    let named = token ?? job.payment?.token ?? Job.Payment.ether
    let token: String
    do throws(JobError) {
      token = try Job.Payment.token(named)
    } catch {
      throw bad("--token", named, error.problem, hint: "write 0x and 40 hex digits, or ETH")
    }
    if let payment {
      let amount = try read("--payment", payment, Amount.parse)
      guard token == Job.Payment.ether || amount.description == payment else {
        throw bad(
          "--payment", payment, "has a unit of ether",
          hint: "with --token, give the amount in the token's smallest unit")
      }
      job.payment = Job.Payment(amount: amount.description, token: token)
    } else if self.token != nil {
      guard let amount = job.payment?.amount else {
        throw Failure(.usage, "--token needs --payment", hint: "say how much is paid in it")
      }
      job.payment = Job.Payment(amount: amount, token: token)
    }
  }

  private func parseInput(_ text: String) throws(Failure) -> Job.Input {
    let colon = text.firstIndex(of: ":")
    let cid = String(text[..<(colon ?? text.endIndex)])
    do {
      _ = try CID(parsing: cid)
    } catch {
      throw bad(
        "--input", text, "does not start with a CID: \(error)", hint: "write CID or CID:NAME")
    }
    return Job.Input(cid: cid, name: colon.map { String(text[text.index(after: $0)...]) } ?? cid)
  }

  private func read<T>(
    _ option: String, _ text: String, _ parse: (String) throws(UnitError) -> T
  ) throws(Failure) -> T {
    do {
      return try parse(text)
    } catch {
      throw Failure(.usage, "\(option): \(error)", hint: "write \(error.expected)")
    }
  }

  private func bad(
    _ option: String, _ text: String, _ problem: String, hint: String
  ) -> Failure {
    Failure(.usage, "\(option) \(JSON.string(text).text) \(problem)", hint: hint)
  }
}
