import NodeAPI
import Records
import SystemPackage
import Testing

@testable import NodeEngine

@Suite struct MessageTests {
  @Test("orders and answers read back as they were written")
  func readBack() throws {
    let id = JobID.mint()
    let run = WorkerRun(
      id: id, record: ["job": ["id": "a\nb"]], content: "/c", output: "/c/1", folder: "/f",
      log: "/l")
    for order in [WorkerOrder.run(run), .cancel(id), .ping(7)] {
      #expect(!order.line.contains(0x0A))
      #expect(WorkerOrder(order.line)?.line == order.line)
    }
    let failure = Failure(.io, "no\nspace", code: "x", hint: "free some", isRetryable: true)
    let answers: [WorkerAnswer] = [
      .ready, .unable(failure), .log(id, 5), .result(id, ["status": "completed"], logSize: 9),
      .failed(id, failure, isSick: true, logSize: 0), .cancelled(id, logSize: 3), .pong(7),
    ]
    for answer in answers {
      #expect(!answer.line.contains(0x0A))
      #expect(WorkerAnswer(answer.line)?.line == answer.line)
    }
    guard case .failed(_, let read, true, _) = WorkerAnswer(answers[4].line) else {
      Issue.record("no failure")
      return
    }
    #expect(read == failure)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "null", "[]", "{}", "{\"ready\":true,\"pong\":1}", "{\"pong\":\"1\"}",
      "{\"log\":{\"id\":\"../x\",\"size\":1}}", "{\"log\":{\"id\":\"a\"}}",
      "{\"result\":{\"id\":\"a\",\"logSize\":1}}", "{\"failed\":{\"id\":\"a\",\"logSize\":1}}",
    ])
  func refused(line: String) {
    #expect(WorkerAnswer(Array(line.utf8)) == nil)
    #expect(WorkerOrder(Array(line.utf8)) == nil)
  }

  @Test("numbers that no worker in its right mind tells do no harm")
  func numbers() throws {
    let id = JobID.mint()
    for (size, taken) in [(Int.min, 0), (-1, 0), (.max, WorkerAnswer.largestLog)] {
      guard case .log(id, let read) = WorkerAnswer(WorkerAnswer.log(id, size).line) else {
        Issue.record("no answer")
        return
      }
      #expect(read == taken)
    }
    #expect(WorkerAnswer(WorkerAnswer.pong(.min).line) == nil)
  }

  @Test("lines come whole, however the bytes come")
  func cut() {
    var cutter = LineCutter()
    let text = Array("one\n\ntwo three\nfour\nrest".utf8)
    var lines: [String] = []
    var start = 0
    while start < text.count {
      let end = min(text.count, start + Int.random(in: 1...5))
      cutter.append(text[start..<end])
      while let line = cutter.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      start = end
    }
    #expect(lines == ["one", "", "two three", "four"])
    #expect(!cutter.isOverlong)
  }
}
