import ArgumentParser
import Files
import IPFS
import Networking
import Records
import SystemPackage
import TestSupport
import Testing

@testable import IPFSClients

/// Gateways whom a router names, on real sockets.
@Suite struct RoutedProviderTests {
  private static let block: [UInt8] = Array("what is wanted".utf8)

  /// Lets somebody ask for blocks whom a router sends to one gateway, which behaves in some way.
  private func ask<Value: Sendable>(
    _ how: String, _ body: (RoutedProvider) async throws -> Value
  ) async throws -> Value {
    let scratch = try Scratch()
    let origin = try Repository(at: scratch.path.appending("origin"))
    let batch = origin.batch()
    let root = CID(hashing: Self.block, codec: .raw)
    try unsafe batch.put(Self.block.span.bytes, of: root)
    try batch.commit()
    var writer = try CARWriter([root], from: origin)
    var car: [UInt8] = []
    while let piece = try writer.piece() { car += piece }
    let archive = scratch.path.appending("content.car")
    try Files.writeAtomically(car, to: archive)
    let known = scratch.path.appending("known.jsonl")
    let told =
      #"{"Schema":"peer","ID":"x","Addrs":["http://127.0.0.1:PORT"],"Protocols":["transport-ipfs-gateway-http"]}"#
    try Files.writeAtomically(Array(told.utf8), to: known)
    let options = ["--as", how, "--providers", known.string, archive.string]
    return try await Peer.run("gateway.py", options) { peer in
      let clients = try GatewayClients(
        try NetworkOptions.parse([]), allowsPrivate: true, in: KuboWorld.world)
      let router = try DelegatedRouter("http://127.0.0.1:\(peer.port)", clients)
      return try await body(RoutedProvider([router], clients))
    }.0
  }

  @Test func oneWhoFailsOnceIsAskedAgain() async throws {
    let bytes = try await ask("500-once") { provider in
      try await provider.block(CID(hashing: Self.block, codec: .raw))
    }
    #expect(bytes == Self.block)
  }

  @Test func oneWhoFailsAgainAndAgainIsNot() async throws {
    let failures = try await ask("500") { provider in
      var failures: [Failure] = []
      for _ in 0..<2 {
        do throws(Failure) {
          _ = try await provider.block(CID(hashing: Self.block, codec: .raw))
        } catch {
          failures.append(error)
        }
      }
      #expect(provider.next(but: []) == nil)
      return failures
    }
    // That he is not asked again does not make him one who has none.
    #expect(failures.map(\.code) == [RoutedProvider.code, RoutedProvider.code])
    #expect(failures.allSatisfy { $0.message.contains("500") })
  }

  @Test func thatNobodyWasAskedIsNotThatNobodyHasIt() async throws {
    let failures = try await ask("none") { provider in
      var failures: [Failure] = []
      for number in 0..<65 {
        do throws(Failure) {
          _ = try await provider.block(CID(hashing: [UInt8(number)], codec: .raw))
        } catch {
          failures.append(error)
        }
      }
      return failures
    }
    #expect(failures.count == 65)
    #expect(failures.dropLast().allSatisfy { $0.code == "not-found" })
    #expect(failures.last?.code == RoutedProvider.code)
    #expect(failures.last?.message.contains("no more than 64 blocks are looked up") == true)
  }
}
