import Commands
import Files
import Records
import SystemPackage
import TestSupport
import Testing

/// Every key of the one table, through flag, environment, file and default.
@Suite struct ConfigTests {
  private func world(_ environment: [String: String]) -> World {
    World(
      tool: "sr-demo", input: Chunks([]), output: Sink(), errors: Sink(), environment: environment,
      now: { Timestamp(seconds: 0) })
  }

  private func write(_ text: String, in scratch: Scratch) throws {
    let folder = scratch.path.appending("sandrun")
    try Files.makeDirectories(folder)
    try Files.writeAtomically(Array(text.utf8), to: folder.appending("config.json"))
  }

  private func document(_ name: String, _ value: String) -> String {
    name.split(separator: ".").reversed().reduce("\"\(value)\"") { "{\"\($1)\":\($0)}" }
  }

  @Test(arguments: ConfigKey.table.map(\.name)) func aKeyThroughAllItsSources(name: String) throws {
    let key = try #require(ConfigKey.table.first { $0.name == name })
    let scratch = try Scratch()
    var environment = ["HOME": "/nonexistent", "XDG_CONFIG_HOME": scratch.path.string]
    #expect(try world(environment).setting(key) == key.fallback)
    try write(document(name, "from-file"), in: scratch)
    #expect(try world(environment).setting(key) == "from-file")
    environment[key.variable] = ""
    #expect(try world(environment).setting(key) == "from-file")
    environment[key.variable] = "from-environment"
    #expect(try world(environment).setting(key) == "from-environment")
    #expect(try world(environment).setting(key, flag: "from-flag") == "from-flag")
  }

  @Test(arguments: [
    (#"{"nonsense":"x"}"#, #"unknown key "nonsense""#),
    (#"{"defaults":{"nonsense":"x"}}"#, #"unknown key "defaults.nonsense""#),
    (#"{"key":{}}"#, #""key" in"#), (#"{"key":["a"]}"#, "is an array, not a string"),
    ("[]", "holds an array, not an object"), ("{", "malformed"),
    (#"{"key":"a","key":"b"}"#, "duplicate name"),
  ])
  func aWrongFileIs78(text: String, message: String) throws {
    let scratch = try Scratch()
    try write(text, in: scratch)
    let world = world(["HOME": "/nonexistent", "XDG_CONFIG_HOME": scratch.path.string])
    let failure = #expect(throws: Failure.self) { try world.setting(.key) }
    #expect(failure?.status == .configuration)
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  @Test func noHomeIs78() {
    let failure = #expect(throws: Failure.self) { try world([:]).folders }
    #expect(failure?.status == .configuration)
  }
}
