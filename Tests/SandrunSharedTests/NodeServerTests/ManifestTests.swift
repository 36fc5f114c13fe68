import Files
import HTTPTypes
import Marketplace
import Records
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@testable import NodeServer

@Suite struct ManifestTests {
  @Test("every word of a manifest")
  func words() throws {
    let text = """
      {"entrypoint": "main.py", "interpreter": "python3", "args": ["a"], "env": {"A": "b"},
       "environment": {"C": "d"}, "outputs": ["*.png"], "timeout": 30, "memory_mb": 64,
       "gpu": {"type": "a100", "count": 4, "memory": "40GB"}, "spec": null}
      """
    let manifest = try Manifest(Array(text.utf8))
    #expect(manifest.entrypoint == "main.py" && manifest.interpreter == "python3")
    #expect(manifest.args == ["a"] && manifest.outputs == ["*.png"])
    #expect(manifest.variables == ["A": "b", "C": "d"] && manifest.template == nil)
    #expect(manifest.timeout == 30 && manifest.memory == 64 << 20)
    #expect(manifest.gpu == (try GPURequirement("a100:40GB:4")) && manifest.content == nil)
  }

  @Test("so many variables that to compare them would take minutes are refused at once")
  func tooManyVariables() throws {
    let names = (0..<50_000).map { "\"V\($0)\":\"\"" }.joined(separator: ",")
    let text = "{\"env\":{\(names)}}"
    let error = #expect(throws: RequestError.self) { try Manifest(Array(text.utf8)) }
    #expect(error?.message.contains("more than \(Job.variableLimit) variables") == true)
  }

  @Test("the words of other clients")
  func others() throws {
    let manifest = try Manifest(
      Array(#"{"gpu": "cuda:2GB", "memory": "2GB", "environment": "python3"}"#.utf8))
    #expect(manifest.memory == 2_000_000_000 && manifest.template == "python3")
    #expect(manifest.gpu == (try GPURequirement("cuda:2GB")))
    #expect(try Manifest(Array(#"{"memory": 1000}"#.utf8)).memory == 1000)
  }

  @Test(
    "what is refused is named",
    arguments: [
      ("{", "no JSON"), ("[]", "an array, not an object"), (#"{"escrow": {}}"#, "\"escrow\""),
      (#"{"args": "a"}"#, "\"args\" is a string"), (#"{"args": [1]}"#, "\"args[0]\""),
      (#"{"env": []}"#, "\"env\""), (#"{"env": {"A": 1}}"#, "\"env.A\""),
      (#"{"env": {"A": "1"}, "environment": {"A": "2"}}"#, "a second time"),
      (#"{"timeout": "10"}"#, "\"timeout\""), (#"{"timeout": 1.5}"#, "\"timeout\""),
      (#"{"memory_mb": 99999999999999999}"#, "\"memory_mb\""), (#"{"memory_mb": 0}"#, "memory_mb"),
      (#"{"memory_mb": 64, "memory": 1000}"#, "a second time"),
      (#"{"memory": "much"}"#, "\"memory\""), (#"{"gpu": 1}"#, "\"gpu\""),
      (#"{"gpu": {"type": "a", "colour": 1}}"#, "\"gpu\""), (#"{"spec": "x"}"#, "\"spec\""),
      (#"{"code": "bafkqaaa"}"#, "\"spec\" is missing"),
      (#"{"spec": "bafkqaaa", "code": "bafkqaaa", "args": []}"#, "\"args\" goes with no"),
      (#"{"timeout": 1, "timeout": 2}"#, "no JSON"),
    ])
  func refused(text: String, words: String) {
    do throws(RequestError) {
      _ = try Manifest(Array(text.utf8))
      Issue.record("taken: \(text)")
    } catch {
      #expect(error.status == .badRequest && error.message.contains(words), "\(error)")
    }
  }

  @Test("a job is made of a folder and a manifest")
  func job() throws {
    let scratch = try Scratch()
    let folder = JobFolder(path: scratch.path.appending("code"))
    try Files.writeAtomically(Array("print(1)".utf8), to: scratch.path.appending("a"))
    try Files.writeAtomically([1], to: scratch.path.appending("b"))
    try folder.place([
      Intake.File(name: "main.py", path: scratch.path.appending("a"), isArchive: false),
      Intake.File(name: "data/x", path: scratch.path.appending("b"), isArchive: false),
    ])
    let maker = JobMaker(environments: [["name": "py", "interpreter": "python3.11"]])
    var job = try maker.job(Manifest(Array("{}".utf8)), in: folder, script: nil)
    #expect(job.entrypoint == "main.py" && job.interpreter == "python3")
    #expect(job.timeout == 600 && job.memory == 1 << 30)
    job = try maker.job(
      Manifest(Array(#"{"environment": "py", "timeout": 9}"#.utf8)), in: folder, script: nil)
    #expect(job.interpreter == "python3.11" && job.timeout == 9)
    for text in [
      #"{"environment": "no"}"#, #"{"entrypoint": "no"}"#, #"{"entrypoint": "data"}"#,
      #"{"entrypoint": "../a"}"#, #"{"entrypoint": "data/x"}"#, #"{"timeout": 0}"#,
      #"{"env": {"PATH": "/"}}"#,
    ] {
      #expect(throws: RequestError.self) {
        try maker.job(Manifest(Array(text.utf8)), in: folder, script: nil)
      }
    }
  }

  @Test("no file lies over another, or through one")
  func places() throws {
    let scratch = try Scratch()
    let folder = JobFolder(path: scratch.path.appending("code"))
    let outside = scratch.path.appending("outside")
    try Files.makeDirectories(folder.path)
    try Files.makeDirectories(outside)
    let isMade = unsafe symlink(outside.string, folder.path.appending("link").string) == 0
    try #require(isMade)
    let path = scratch.path.appending("a")
    for names in [["x", "x"], ["x", "x/y"], ["x/y", "x"], ["link/a"], ["link"]] {
      #expect(throws: RequestError.self) {
        for name in names {
          try Files.writeAtomically([1], to: path)
          try folder.place([Intake.File(name: name, path: path, isArchive: false)])
        }
      }
      try Files.removeTree(folder.path.appending("x"))
    }
    #expect(try Files.list(outside).isEmpty)
  }

  @Test(
    "names of files",
    arguments: [
      ("a", true), ("a/b c", true), (".hidden", true), ("", false), ("/a", false), ("a/", false),
      ("../a", false), ("a/../b", false), ("a//b", false), ("./a", false), ("a\u{0}", false),
      (String(repeating: "x", count: 256), false),
    ])
  func names(name: String, isGood: Bool) {
    #expect((FileName.checked(name) != nil) == isGood)
  }
}
