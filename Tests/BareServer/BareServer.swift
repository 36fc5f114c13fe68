import Hummingbird

#if canImport(Glibc)
  import Glibc
#endif

/// One route that answers a text it was given, as fast as Hummingbird can: what the node's own routes are measured against.
@main struct BareServer {
  static func main() async throws {
    let words = CommandLine.arguments
    guard words.count == 2 else { exit(64) }
    let answer = words[1]
    let router = Router()
    router.get("status/:id") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: answer)))
    }
    let server = Application(
      router: router,
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        // The port, for whoever started it.
        print(channel.localAddress?.port ?? 0)
        fflush(nil)
      })
    try await server.runService()
  }
}
