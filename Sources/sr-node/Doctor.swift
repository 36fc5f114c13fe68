import ArgumentParser
import Commands
import Records

struct Doctor: Command {
  static let configuration = CommandConfiguration(
    abstract: "Check all that running jobs needs: a record a check, with a hint for what fails.",
    discussion: """
      $ sr-node doctor | jq -r 'select(.check.status == "failed") | .check.hint'
      Ends with 1 where something fails that is needed.
      """)

  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let checkup = Checkup(
      folders: try world.folders, path: world.environment["PATH"] ?? "",
      keyName: try world.setting(.key) ?? "")
    var status = Failure.Status.done
    for finding in checkup.findings() {
      if finding.status == .failed { status = .answerNo }
      try world.write(Record(["check": .object(finding.json)]))
    }
    return status
  }
}
