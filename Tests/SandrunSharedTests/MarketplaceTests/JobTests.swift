import Files
import Marketplace
import Records
import SystemPackage
import TestSupport
import Testing

/// What a job may be, and that reading what was written changes nothing.
@Suite struct JobTests {
  private static let whole = #"""
    {"id":"0123456789abcdef0123456789abcdef","source":"/x","entrypoint":"a/b.py","interpreter":"python3","args":["-x",""],"env":{"A":"1"},"inputs":[{"cid":"c","name":"d/e"}],"gpu":{"type":"cuda","memory":2000000000,"count":1,"compute":"8.0"},"memory":1073741824,"timeout":600,"outputs":["*.png","@stdout"],"payment":{"amount":"1","token":"ETH"},"consensus":"2-of-3","repository":{"url":"https://localhost/x","ref":"main","commit":"0123456789012345678901234567890123456789"}}
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
  ])
  func whatNoJobMayHaveIsNamed(part: String, spoiled: String, member: String) throws {
    let text = Self.whole.replacing(part, with: spoiled)
    #expect(text != Self.whole)
    let error = #expect(throws: JobError.self) { try job(text) }
    #expect(error?.member == member)
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
    "cuda,compute>=08.0", "cuda,compute>=8.0,x", "cuda ", "cuda:-1", "cuda,",
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
  }
}
