import Testing

/// The tool runner: what is asked of the tool itself, and what is wrong with the command line.
@Suite struct StartTests {
  @Test func versionAndHelpAreAnswers() async {
    #expect(await demo("--version").output == "sr-demo 0.1.0\n")
    let help = await demo("reverse", "--help")
    #expect(help.output.contains("USAGE: sr-demo reverse"))
    #expect(help.status == 0)
    #expect(help.errors == "")
    #expect(await demo("help", "split").output.contains("USAGE: sr-demo split"))
  }

  @Test(arguments: [
    (["nonsense"], "no verb 'nonsense'"), ([], "a verb is missing"),
    (["reverse", "--jobs", "0"], "--jobs takes 1 to 1024"),
    (["reverse", "--jobs", "x"], "'x' is invalid for '--jobs <jobs>'"),
    (["reverse", "-q", "-v"], "--quiet and --verbose exclude each other"),
    (["reverse", "--bogus"], "unknown option '--bogus'"),
  ])
  func aWrongCommandLineIs64(arguments: [String], message: String) async {
    let outcome =
      switch arguments.count {
      case 0: await demo()
      case 1: await demo(arguments[0])
      case 2: await demo(arguments[0], arguments[1])
      default: await demo(arguments[0], arguments[1], arguments[2])
      }
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("sr-demo: error: "))
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.errors.contains("sr-demo: hint: see 'sr-demo"))
  }
}
