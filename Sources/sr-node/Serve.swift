import ArgumentParser
import Commands
import Dispatch
import Ethereum
import Files
import IPFS
import NodeContent
import NodeEngine
import NodeMarket
import NodeServer
import Records
import Sandbox
import Signing
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

struct Serve: Command {
  static let configuration = CommandConfiguration(
    abstract: "Take jobs over HTTP, run them, and answer for their results.",
    discussion: """
      $ sr-node serve --listen 127.0.0.1:8443
      Writes one record with 'node' once it is ready. SIGTERM, SIGINT and SIGHUP let running \
      jobs end; what is queued waits for the next start.
      """)

  static let endsBySignal = true

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Jobs") var queue: QueueOptions
  @OptionGroup(title: "Registry") var registry: RegistryOptions
  @OptionGroup(title: "Marketplace") var claiming: ClaimOptions
  @OptionGroup var confinement: ConfinementOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    // A client or a worker that goes away is the end of one call, not of the node.
    signal(SIGPIPE, SIG_IGN)
    world.interruption.takeHangUp()
    let executor = try confinement.executor(in: world)
    let path = try world.folders.state.appending("serve")
    let node = try world.engine { () throws(EngineError) in try NodeFolder(path) }
    let control = try world.engine { () throws(EngineError) in try ControlSocket(in: node) }
    try network.checkListening()
    let programs = NodePrograms(node: node, world: world)
    let limits = try queue.options(in: node, worker: programs.worker(executor.kind))
    // The worker is there before the key is, and gets nothing of it: neither descriptor nor variable.
    let worker = try world.engine { () throws(EngineError) in
      try WorkerProcess(limits.worker, of: node)
    }
    let content: NodeContent
    do throws(RepositoryError) { content = try NodeContent(at: node.content) } catch {
      throw Failure(error)
    }
    let signer = try key.signer(in: world)
    let engine = try world.engine { () throws(EngineError) in
      try Engine(
        limits, content: content, signer: signer, now: world.now, note: { world.note($0) })
    }
    var options = try network.options(
      uploads: path.appending("uploads"), programs: programs, in: world)
    options.pool = try registry.pool(in: node, world: world)
    options.descriptor = try DescriptorSigning.served(by: engine.address, in: world)
    let place = claiming.claim ? try await MarketPlace(claiming, engine, signer, in: world) : nil
    options.escrows = place?.check
    options.price = try claiming.price(place)
    do throws(EngineError) { try await engine.start(worker) } catch { throw Failure(error) }
    let server = NodeServer(engine: engine, options: options)
    let result = await serve(engine, server, control, place?.keeper, in: world) {
      await place?.run()
    }
    await control.close(isFinished: engine.isFinished)
    try result.get()
    return .done
  }

  /// Serves until a signal comes or `sr-node drain` asks for the end, then drains.
  private func serve(
    _ engine: Engine, _ server: NodeServer, _ control: ControlSocket, _ keeper: NodeKeeper?,
    in world: World, beside: @escaping @Sendable () async -> Void
  ) async -> Result<Void, Failure> {
    control.open(engine)
    return await withTaskGroup(of: Result<Void, Failure>?.self) { group in
      group.addTask {
        await engine.run()
        return nil
      }
      group.addTask {
        await beside()
        return nil
      }
      group.addTask {
        await world.interruption.wait()
        guard !Task.isCancelled else { return nil }
        world.note("running jobs may end; then this node does")
        await Self.drain(engine, keeper)
        await server.stop()
        return nil
      }
      group.addTask {
        guard await control.isAskedToDrain() else { return nil }
        world.note("what was accepted is finished; then this node ends")
        await engine.finish { await keeper?.finish() }
        await Self.drain(engine, keeper)
        await server.stop()
        return nil
      }
      group.addTask {
        do throws(ServerError) {
          try await server.run { announce(engine, port: $0, in: world) }
          return .success(())
        } catch {
          return .failure(Failure(error))
        }
      }
      while let ended = await group.next() {
        guard let result = ended else { continue }
        // Where it failed, running jobs are ended: nobody could ask for them.
        group.cancelAll()
        return result
      }
      return .success(())
    }
  }

  /// Lets running jobs end, then what is due to their escrows, within the time that was given for both.
  private static func drain(_ engine: Engine, _ keeper: NodeKeeper?) async {
    keeper?.drain()
    let end = ContinuousClock.now + engine.options.drainTimeout
    await engine.drain()
    // A transaction takes blocks to get in, and a bond hangs on it.
    await keeper?.end(within: max(end - .now, .seconds(15)))
  }

  /// Says that the node is ready, and where.
  private func announce(_ engine: Engine, port: Int, in world: World) {
    let node: JSON = [
      "address": .string("\(engine.address)"),
      "endpoint": .string(network.endpoint(port: port)),
    ]
    if network.isOpenToAll {
      world.note("all who reach this machine's port \(port) can have jobs run here")
    }
    do throws(Failure) { try world.write(Record(["node": node])) } catch { world.report(error) }
  }
}
