import Commands
import Files
import IPFSClients
import Records
import SystemPackage
import TestSupport
import Testing

/// Which services there are, and what is known of them.
@Suite struct PinningServiceTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func world(_ config: String?, _ variables: [String: String] = [:]) throws -> World {
    let home = scratch.path
    if let config {
      try Files.makeDirectories(home.appending("sandrun"))
      try Files.writeAtomically(Array(config.utf8), to: home.appending("sandrun/config.json"))
    }
    var world = PinningBench.world
    world.environment = ["HOME": home.string, "XDG_CONFIG_HOME": home.string]
    world.environment.merge(variables) { $1 }
    return world
  }

  @Test func aPresetNeedsATokenAlone() throws {
    let world = try world(nil, ["SANDRUN_PINNING_PINATA_TOKEN_FILE": "/t"])
    let service = try world.pinningService("pinata")
    #expect(service.kind == .pinata)
    #expect("\(service.url)" == "https://api.pinata.cloud/")
    #expect(service.token.place == "/t")
  }

  @Test func everyPresetIsWholeOrSaysWhy() throws {
    for preset in PinningPreset.table {
      let variable = ConfigFamily.pinning.variable("tokenFile", of: preset.name)
      let world = try world(nil, [variable: "/t"])
      guard preset.url == nil else {
        #expect(try world.pinningService(preset.name).name == preset.name)
        continue
      }
      let failure = #expect(throws: Failure.self) { try world.pinningService(preset.name) }
      #expect(failure?.status == .configuration)
      #expect(failure?.hint?.hasPrefix(try #require(preset.advice)) == true)
    }
  }

  /// The page names each, with its address or that it has none.
  @Test func thePageNamesEveryPreset() throws {
    let bytes = try Files.read(Vectors.checkout.appending("man/sr-ipfs.1"))
    let page = String(decoding: bytes, as: UTF8.self)
    for preset in PinningPreset.table {
      let row = preset.url.map { ".It Cm \(preset.name) Pq Lk \($0)\n" }
      #expect(page.contains(row ?? ".Cm \(preset.name)\n"), "\(preset.name)")
    }
  }

  @Test func theFileTellsOfOthers() throws {
    let config =
      #"{"pinning":{"web3.storage":{"url":"https://w.example/x","tokenCommand":"pass w"},"mine":{"kind":"pinata","url":"http://127.0.0.1:1","tokenFile":"/m"}}}"#
    let service = try world(config).pinningService("mine")
    #expect(service.kind == .pinata)
    let dotted = try world(config).pinningService("web3.storage")
    #expect("\(dotted.url)" == "https://w.example/x")
    #expect(dotted.token.place == "its command")
    // The environment beats the file.
    let other = try world(config, ["SANDRUN_PINNING_WEB3_STORAGE_URL": "https://v.example"])
    #expect("\(try other.pinningService("web3.storage").url)" == "https://v.example/")
    let failure = #expect(throws: Failure.self) { try world(config).pinningService("m") }
    #expect(failure?.code == "unknown-remote")
    #expect(
      failure?.hint?.contains("4everland, filebase, mine, pinata, pinata-psa, web3.storage;")
        == true)
  }

  @Test(arguments: [
    #"{"pinning":[]}"#, #"{"pinning":{"a":"https://x"}}"#, #"{"pinning":{"a":{"token":"x"}}}"#,
    #"{"pinning":{"a":{"url":1}}}"#,
    #"{"pinning":{"a":{"url":"https://x","kind":"s3","tokenFile":"/t"}}}"#,
    #"{"pinning":{"a":{"url":"ftp://x","tokenFile":"/t"}}}"#,
    #"{"pinning":{"a":{"url":"https://x"}}}"#,
    #"{"pinning":{"a":{"url":"https://x?key=1","tokenFile":"/t"}}}"#,
    #"{"pinning":{"a":{"url":"https://u:p@x","tokenFile":"/t"}}}"#,
  ])
  func badConfigurations(_ config: String) throws {
    let failure = #expect(throws: Failure.self) { try world(config).pinningService("a") }
    #expect(failure?.status == .configuration)
  }

  @Test(arguments: [
    ("http://127.0.0.1:1", true), ("http://localhost/x", true), ("http://[::1]:5/", true),
    ("https://pin.example", true), ("http://pin.example", false),
    ("http://127.0.0.1.pin.example", false), ("http://localhost.pin.example", false),
    ("http://10.0.0.1", false),
  ])
  func noTokenGoesInTheClear(_ url: String, _ isTaken: Bool) throws {
    let token = PinningToken(.file("/t"), environment: [:])
    func make() throws -> PinningService {
      try PinningService(name: "a", kind: .pinata, url: url, token: token)
    }
    if isTaken {
      #expect(try make().name == "a")
    } else {
      #expect(throws: Failure.self) { try make() }
    }
  }
}
