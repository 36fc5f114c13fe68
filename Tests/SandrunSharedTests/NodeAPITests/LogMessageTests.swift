import NodeAPI
import Records
import Testing

@Suite struct LogMessageTests {
  @Test(arguments: [
    LogMessage(.stdout, Array("héllo\n".utf8), offset: 7),
    LogMessage(.stderr, [0xFF, 0x00, 0xC3], offset: 1 << 40),
    LogMessage(.status, Array("running".utf8), offset: 0),
  ])
  func everyByteComesThrough(_ message: LogMessage) throws {
    #expect(try LogMessage(try JSON(parsing: message.json.bytes)) == message)
  }

  @Test func textIsReadableAsItIs() {
    let message = LogMessage(.stdout, Array("hi".utf8), offset: 2)
    #expect(message.json.bytes == Array(#"{"type":"stdout","message":"hi","offset":2}"#.utf8))
  }

  @Test(arguments: [
    (#"{"message":"a","offset":1}"#, "type"), (#"{"type":"odd","message":"a","offset":1}"#, "type"),
    (#"{"type":"stdout","offset":1}"#, "message"),
    (#"{"type":"stdout","message":"a","offset":-1}"#, "offset"),
    (#"{"type":"stdout","message":"a","base64":"*","offset":1}"#, "base64"),
  ])
  func aBadFrameIsNamed(_ text: String, _ member: String) throws {
    let json = try JSON(parsing: Array(text.utf8))
    #expect(throws: APIError(member)) { try LogMessage(json) }
  }

  @Test func namesAreSafeForFilesAndArguments() {
    #expect(JobID.mint().description.utf8.count == 32)
    #expect(JobID.mint() != JobID.mint())
    for text in ["", "-a", "a/b", "..", "a b", "é", String(repeating: "a", count: 65)] {
      #expect(JobID(text) == nil)
    }
    #expect(JobID("job_1-B")?.description == "job_1-B")
  }
}
