@testable import HTTP
import HTTPTypes
import TestSupport
import Testing

/// Addresses, boundaries, and nothing of a secret in them.
@Suite struct URLTests {
  @Test(arguments: [
    ("http://a", "http://a/"), ("HTTP://A.example:80/x", "http://a.example/x"),
    ("https://a:443/", "https://a/"), ("https://a:8443/x?y=z#frag", "https://a:8443/x?y=z"),
    ("http://[::1]:8443/x", "http://[::1]:8443/x"), ("http://a/../b", "http://a/../b"),
    ("http://a?x", "http://a/?x"), ("http://a/%2e", "http://a/%2e"),
    ("http://a/é", "http://a/%c3%a9"),
  ])
  func addresses(text: String, written: String) throws {
    #expect(try HTTPURL(text).description == written)
  }

  @Test(arguments: [
    "", "a", "a/b", "//a/b", "ftp://a/", "file:///etc/passwd", "http://", "http:///x",
    "http://a b/",
    "http://a:0/", "http://a:65536/", "http://a:x/", "http://user:hunter2@a/", "http://user@a/",
    "http://a/\r\nX: y", "http://a/\0", "javascript:x", "http://[::1/", "gopher://hunter2:x@h/",
  ])
  func otherTexts(text: String) {
    let error = #expect(throws: HTTPURLError.self) { try HTTPURL(text) }
    #expect(error?.description.contains("hunter2") == false)
  }

  @Test func segmentsAndQueries() throws {
    let base = try HTTPURL("http://a/x?y")
    #expect(base.appending("b c", "d/e", "..", "é").path == "/x/b%20c/d%2Fe/%2E%2E/%C3%A9")
    #expect(base.appending().path == "/x")
    #expect(try HTTPURL("http://a").appending("b").path == "/b")
    #expect(base.asking(["a": "1&2", "b": "="]).path == "/x?a=1%262&b=%3D")
    #expect(base.asking([:]).path == "/x")
  }

  @Test func aLocationMayBeRelative() throws {
    let base = try HTTPURL("http://a:1/b/c?d")
    #expect(try base.redirected(to: "e").description == "http://a:1/b/e")
    #expect(try base.redirected(to: "/e").description == "http://a:1/e")
    #expect(try base.redirected(to: "//e/f").description == "http://e/f")
    #expect(try base.redirected(to: "https://e/f").description == "https://e/f")
  }

  @Test func multipartIsTheSameEachTime() async throws {
    func make() throws -> Multipart {
      var form = try Multipart(boundary: "b-1")
      form.add("manifest", type: "application/json", Array("{}".utf8))
      form.add("files", fileName: "a\"\r\n.txt", Array("text".utf8))
      return form
    }
    let expected =
      "--b-1\r\nContent-Disposition: form-data; name=\"manifest\"\r\n"
      + "Content-Type: application/json\r\n\r\n{}\r\n"
      + "--b-1\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a%22%0D%0A.txt\"\r\n\r\n"
      + "text\r\n--b-1--\r\n"
    let body = try make().body
    #expect(body.length == expected.utf8.count)
    var upload = Upload([])
    if case .segments(let segments) = body.content { upload = Upload(segments) }
    // In pieces smaller than any stretch.
    var read: [UInt8] = []
    while true {
      let piece = try unsafe [UInt8](unsafeUninitializedCapacity: 7) { buffer, count in
        count = try unsafe upload.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if piece.isEmpty { break }
      read += piece
    }
    #expect(String(decoding: read, as: UTF8.self) == expected)
    #expect(try make().contentType == "multipart/form-data; boundary=b-1")
    for boundary in ["", "a b", "a\"", String(repeating: "a", count: 71)] {
      #expect(throws: MultipartError.self) { try Multipart(boundary: boundary) }
    }
  }
}
