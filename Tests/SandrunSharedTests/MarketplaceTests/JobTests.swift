import Files
import Marketplace
import Records
import SystemPackage
import TestSupport
import Testing

/// What a job may be, and that reading what was written changes nothing.
@Suite struct JobTests {
  private static let whole = #"""
    {"id":"0123456789abcdef0123456789abcdef","source":"/x","entrypoint":"a/b.py","interpreter":"python3","args":["-x",""],"env":{"A":"1"},"inputs":[{"cid":"bafkqaaa","name":"d/e"}],"gpu":{"type":"cuda","memory":2000000000,"count":1,"compute":"8.0"},"memory":1073741824,"timeout":600,"outputs":["*.png","@stdout"],"payment":{"amount":"1","token":"ETH"},"consensus":"2-of-3","repository":{"url":"https://localhost/x","ref":"main","commit":"0123456789012345678901234567890123456789"}}
    """#

  private func job(_ text: String) throws -> Job {
    try Job(#require(JSON(parsing: Array(text.utf8)).object))
  }

  @Test func readingWhatWasWrittenChangesNothing() throws {
    let job = try job(Self.whole)
    #expect(JSON.object(job.json).text == Self.whole)
    #expect(try Job(job.json) == job)
  }

  @Test(arguments: [
    (#""id":"0123456789abcdef0123456789abcdef""#, #""id":"../../etc/passwd""#, "job.id"),
    (#""entrypoint":"a/b.py""#, #""entrypoint":"/etc/passwd""#, "job.entrypoint"),
    (#""entrypoint":"a/b.py""#, #""entrypoint":"a/../b""#, "job.entrypoint"),
    (#""entrypoint":"a/b.py""#, #""entrypoint":"-c""#, "job.entrypoint"),
    (#""entrypoint":"a/b.py""#, #""entrypoint":"""#, "job.entrypoint"),
    (#""interpreter":"python3""#, #""interpreter":"sh -c""#, "job.interpreter"),
    (#""interpreter":"python3""#, #""interpreter":"../x""#, "job.interpreter"),
    (#""interpreter":"python3""#, #""interpreter":"/a/../x""#, "job.interpreter"),
    (#""args":["-x",""]"#, #""args":["\u0000"]"#, "job.args[0]"),
    (#""args":["-x",""]"#, #""args":[1]"#, "job.args[0]"),
    (#""args":["-x",""]"#, #""args":"x""#, "job.args"),
    (#""env":{"A":"1"}"#, #""env":{"A=B":"1"}"#, "job.env"),
    (#""env":{"A":"1"}"#, #""env":{"A":1}"#, "job.env.A"),
    (#""name":"d/e""#, #""name":"../e""#, "job.inputs[0].name"),
    (#""name":"d/e""#, #""name":"a/b.py""#, "job.inputs[0].name"),
    (#""name":"d/e""#, #""name":"d","x":1"#, "job.inputs[0]"),
    (#""count":1"#, #""count":0"#, "job.gpu"), (#""compute":"8.0""#, #""compute":8.0"#, "job.gpu"),
    (#""memory":1073741824"#, #""memory":1.5"#, "job.memory"),
    (#""memory":1073741824"#, #""memory":1024"#, "job.memory"),
    (#""timeout":600"#, #""timeout":0"#, "job.timeout"),
    (#""timeout":600"#, #""timeout":"600""#, "job.timeout"),
    (#""timeout":600,"#, "", "job.timeout"),
    (#""*.png""#, #""/*.png""#, "job.outputs[0]"), (#""*.png""#, #""../*""#, "job.outputs[0]"),
    (#""amount":"1""#, #""amount":"0.1""#, "job.payment.amount"),
    (#""amount":"1""#, #""amount":"-1""#, "job.payment.amount"),
    (#""amount":"1""#, #""amount":"01""#, "job.payment.amount"),
    (#""amount":"1""#, #""amount":1"#, "job.payment.amount"),
    (#""consensus":"2-of-3""#, #""consensus":"1-of-3""#, "job.consensus"),
    (#""consensus":"2-of-3""#, #""consensus":"2-of-3","network":true"#, "job.network"),
    (#""consensus":"2-of-3""#, #""consensus":"1-of-1","network":1"#, "job.network"),
    (#""consensus":"2-of-3""#, #""consensus":"2-of-3","pins":{}"#, "job.pins"),
    (
      #""consensus":"2-of-3""#, #""consensus":"9223372036854775807-of-9223372036854775807""#,
      "job.consensus"
    ),
    (#""source":"/x""#, #""source":"x""#, "job.source"),
    (#""source":"/x""#, #""source":"/x\u0000""#, "job.source"),
    (#""memory":1073741824"#, #""memory":9007199254740992"#, "job.memory"),
    (#""memory":2000000000"#, #""memory":9007199254740992"#, "job.gpu"),
    (#""memory":2000000000"#, #""memory":2.0"#, "job.gpu"),
    (#""type":"cuda""#, #""type":"none""#, "job.gpu"),
    (#""type":"cuda""#, #""type":"cuda","x":1"#, "job.gpu"),
    (#""token":"ETH""#, #""token":"eth""#, "job.payment.token"),
    (#""token":"ETH""#, #""token":"ETH","x":1"#, "job.payment.x"),
    (
      #""token":"ETH""#, #""token":"0x52908400098527886E0F7030069857D2e4169EE7""#,
      "job.payment.token"
    ),
    (#""ref":"main""#, #""ref":"-x""#, "job.repository.ref"),
    (#""ref":"main""#, #""ref":"main","x":1"#, "job.repository.x"),
    (#""url":"https://localhost/x""#, #""url":"ext::sh""#, "job.repository.url"),
    (
      #""commit":"0123456789012345678901234567890123456789""#, #""commit":"HEAD""#,
      "job.repository.commit"
    ),
    (#""commit":"0123456789"#, #""commit":"A123456789"#, "job.repository.commit"),
    (#""cid":"bafkqaaa""#, #""cid":"c""#, "job.inputs[0].cid"),
    (#""name":"d/e""#, #""name":"a""#, "job.inputs[0].name"),
    (#""name":"d/e""#, #""name":"a/b.py/c""#, "job.inputs[0].name"),
    (
      #"[{"cid":"bafkqaaa""#, #"[{"cid":"bafkqaaa","name":"d"},{"cid":"bafkqaaa""#,
      "job.inputs[1].name"
    ),
    (
      #""name":"d/e"}"#, #""name":"d/e"},{"cid":"bafkqaaa","name":"d/e/f"}"#,
      "job.inputs[1].name"
    ),
    (#""env":{"A":"1"}"#, #""env":{"TZ":"1"}"#, "job.env"),
    (#""env":{"A":"1"}"#, #""env":{"PATH":"/x"}"#, "job.env"),
    (#""*.png""#, #""@stderr""#, "job.outputs[0]"), (#""*.png""#, #""[a-.png""#, "job.outputs[0]"),
    (#""*.png""#, #""[]""#, "job.outputs[0]"), (#""*.png""#, #""[!]""#, "job.outputs[0]"),
    (#""*.png""#, #""a[b]/[c""#, "job.outputs[0]"),
  ])
  func whatNoJobMayHaveIsNamed(part: String, spoiled: String, member: String) throws {
    let text = Self.whole.replacing(part, with: spoiled)
    #expect(text != Self.whole)
    let error = #expect(throws: JobError.self) { try job(text) }
    #expect(error?.member == member)
  }

  @Test(arguments: ["[]]", "[!]]x", "\\[", "[@]x", "a[b-c]?", "[", "[]", "\\\\["])
  func brackets(glob: String) throws {
    var job = try job(Self.whole)
    job.outputs = [glob]
    let closes = !["[", "[]", "\\\\["].contains(glob)
    #expect(((try? job.check()) != nil) == closes)
  }

  @Test func namesThatOnlyBeginAlikeAreApart() throws {
    var job = try job(Self.whole)
    // A byte below `/` between a folder and what lies in it.
    for names in [["x", "x.y", "xy"], ["d", "d-e", "a/b"]] {
      job.inputs = names.map { Job.Input(cid: "bafkqaaa", name: $0) }
      try job.check()
    }
    job.inputs = ["x", "x-y", "x/y"].map { Job.Input(cid: "bafkqaaa", name: $0) }
    #expect(throws: JobError.self) { try job.check() }
    // The same letter to Swift, two names to a file system.
    job.inputs = ["\u{e9}", "e\u{301}"].map { Job.Input(cid: "bafkqaaa", name: $0) }
    try job.check()
  }

  @Test func argumentsAreBounded() throws {
    var job = try job(Self.whole)
    let long = String(repeating: "x", count: Job.argumentLimit)
    job.args = [long]
    try job.check()
    job.args = [long + "x"]
    #expect(throws: JobError.self) { try job.check() }
    job.args = [String](repeating: long, count: 11)
    #expect(throws: JobError.self) { try job.check() }
    job.args = [String](repeating: "", count: Job.argumentCountLimit)
    try job.check()
    job.args.append("")
    #expect(throws: JobError.self) { try job.check() }
    job.args = []
    for number in 0..<Job.variableLimit - job.env.members.count { job.env["V\(number)"] = "" }
    try job.check()
    job.env["ONE_MORE"] = ""
    #expect(throws: JobError.self) { try job.check() }
    job.env = [:]
    job.args = []
    job.env["A"] = .string(long)
    #expect(throws: JobError.self) { try job.check() }
    job.env["A"] = nil
    job.outputs = [String](repeating: "x", count: Job.listLimit + 1)
    #expect(throws: JobError.self) { try job.check() }
  }

  @Test func aTokenIsStoredWithItsChecksum() throws {
    let address = "0x52908400098527886E0F7030069857D2E4169EE7"
    let text = Self.whole.replacing(#""token":"ETH""#, with: #""token":"\#(address.lowercased())""#)
    #expect(try job(text).payment?.token == address)
  }

  @Test(arguments: [
    "https://example.org/a/b", "https://example.org:8443/a", "https://[::1]:8443/a@b",
    "ssh://git@example.org/a", "ssh://example.org:22/a", "file:///a/b",
  ])
  func repositories(url: String) throws { try Job.Repository.check(url: url) }

  @Test(arguments: [
    "", "https://", "https:///x", "http://example.org/x", "ext::sh -c x", "git@example.org:x",
    "ssh://-oProxyCommand=x/y", "ssh://-x@example.org/y", "file://host/x", "file://", "/x",
    "https://example.org/a\nb", "https://example.org:x/", "https://example.org:/", "ssh://@x/y",
  ])
  func repositoriesRefused(url: String) {
    let error = #expect(throws: JobError.self) { try Job.Repository.check(url: url) }
    #expect(error?.problem == "is no https, ssh or file URL")
  }

  @Test(arguments: [
    "https://name@example.org/x", "https://name:secret@example.org/x",
    "https://name:se/cret@example.org/x", "ssh://name:secret@example.org/x",
    "https://name:se?cret@example.org/x", "https://@example.org/x",
  ])
  func credentialsAreRefusedAndNotTold(url: String) {
    let error = #expect(throws: JobError.self) { try Job.Repository.check(url: url) }
    #expect(error?.problem == "holds credentials")
  }

  @Test(arguments: [
    ("none", "1-of-1"), ("low", "2-of-3"), ("medium", "3-of-5"), ("high", "5-of-7"),
    ("1-of-1", "1-of-1"),
    ("8-of-15", "8-of-15"), ("15-of-15", "15-of-15"),
  ])
  func quorums(text: String, expected: String) {
    #expect(Quorum(text)?.description == expected)
  }

  @Test(arguments: [
    "", "0-of-0", "0-of-1", "1-of-2", "2-of-4", "3-of-2", "9-of-16", "2-of-03", "+2-of-3", "2 of 3",
    "2-of-3 ", "-1-of-1", "99999999999999999999-of-1", "HIGH",
    "9223372036854775807-of-9223372036854775807", "-9223372036854775808-of-1",
    "9223372036854775807-of-15",
  ])
  func quorumsRefused(text: String) { #expect(Quorum(text) == nil) }

  @Test(arguments: [
    "cuda", "cuda:2000000000", "a100:40000000000:4,compute>=8.0", "opencl,compute>=1.2", "cuda::4",
  ])
  func gpus(text: String) throws {
    let requirement = try GPURequirement(text)
    #expect(requirement.description == text)
    #expect(try GPURequirement(#require(requirement.json.object)) == requirement)
  }

  @Test(arguments: [
    "", ":", "CUDA", "cuda:", "cuda:0", "cuda:2GB:0", "cuda:2GB:1:1", "cuda,compute>=8",
    "cuda,compute>8.0",
    "cuda,compute>=08.0", "cuda,compute>=8.0,x", "cuda ", "cuda:-1", "cuda,", "none",
    "none:2GB", "cuda::+4", "cuda::04", "cuda:8PiB",
  ])
  func gpusRefused(text: String) {
    #expect(throws: UnitError.self) { try GPURequirement(text) }
  }

  @Test(arguments: [
    ("a.py", "", Interpreter.Answer.program("python3")), ("a", "#!/bin/bash\n", .program("bash")),
    ("a.py", "#!/usr/bin/env python3.12\nx", .program("python3.12")), ("a", "\u{7f}ELF", .itself),
    ("a", "", .unknown), (".py", "", .unknown), ("a.b/c", "", .unknown),
    ("a.xyz", "hello", .unknown),
    ("a.sh", "#!/usr/bin/env -S bash -x\n", .program("sh")), ("a", "#!/bin/sh -e\n", .unknown),
    ("x/a.rb", "", .program("ruby")),
  ])
  func interpreters(name: String, head: String, answer: Interpreter.Answer) {
    #expect(Interpreter.find(name: name, head: Array(head.utf8)) == answer)
  }

  @Test func theLedgerKnowsOnlyWhatWasWrittenDown() throws {
    let scratch = try Scratch()
    let folders = try #require(UserFolders(environment: ["HOME": scratch.path.string]))
    let ledger = SourceLedger(folders)
    let job = try job(Self.whole)
    #expect(try !ledger.knows("/a/b", forJob: job.id))
    try ledger.remember("/a/b", for: job)
    #expect(try ledger.knows("/a/b", forJob: job.id))
    #expect(try !ledger.knows("/a/c", forJob: job.id))
    #expect(try !ledger.knows("/a/b", forJob: "../sources/\(job.id)"))
    #expect(try !ledger.knows("/a/b", forJob: Job.mintID()))
    // Once more is nothing new; other sources under the same id are refused.
    try ledger.remember("/a/b", for: job)
    let error = #expect(throws: FileError.self) { try ledger.remember("/a/c", for: job) }
    #expect(error?.errno == .fileExists)
    #expect(try ledger.knows("/a/b", forJob: job.id))
  }
}
