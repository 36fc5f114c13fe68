// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")

let nioHTTPTypes = ["NIOHTTPTypes", "NIOHTTPTypesHTTP1"].map {
  Target.Dependency.product(name: $0, package: "swift-nio-extras")
}

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

/// One module of SandrunShared: a folder, and the floors below it that it stands on.
func module(_ name: String, on floors: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: floors, path: "Sources/SandrunShared/\(name)",
    swiftSettings: strict)
}

/// One executable: one file a verb, one entry file.
func tool(_ name: String, on floors: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: ["Records", "Commands", argumentParser] + floors,
    swiftSettings: strict)
}

/// One system library behind a module map and a shim.
func library(_ name: String, pkgConfig: String?, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// The tests of one module.
func tests(_ name: String, on floors: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport", system] + floors,
    path: "Tests/SandrunSharedTests/\(name)Tests", swiftSettings: strict)
}

// Ground floor first; a module imports only from floors below it.
let modules: [Target] = [
  module("WideInteger"),
  module("Files", on: ["CLinux", system]),
  module("Records", on: ["WideInteger"]),
  module("Commands", on: ["Records", "Files", "CLinux", argumentParser, system]),
  module("Hashing", on: ["CCrypto"]),
  module("Journals", on: ["Files", "Hashing", system]),
  module("IPFS", on: ["Records", "Hashing", "Files", "CLinux", system]),
  module(
    "Ethereum", on: ["Records", "WideInteger", "Hashing", "Files", "CSecp256k1", "CCrypto", system]),
  module("ABI", on: ["Records", "WideInteger", "Hashing", "Ethereum"]),
  module(
    "Signing",
    on: [
      "Ethereum", "Commands", "Records", "Hashing", "Files", "CLinux", argumentParser, system,
    ]),
  module(
    "Marketplace",
    on: ["Records", "WideInteger", "Hashing", "IPFS", "Ethereum", "ABI", "Files", system]),
  module("Sandbox", on: ["Files", "CSeccomp", "CLinux", system]),
  module("Envelopes", on: ["Records", "Hashing", "Ethereum"]),
  module(
    "Proofs",
    on: [
      "Envelopes", "Records", "WideInteger", "Hashing", "IPFS", "Ethereum", "Marketplace", "Files",
      "CZstd",
      system,
    ]),
  module("DynamicLibraries"),
  module("Computing"),
  module("OpenCL", on: ["DynamicLibraries", "Computing"]),
  module("CUDA", on: ["DynamicLibraries", "Computing"]),
  module("NVML", on: ["DynamicLibraries"]),
  module(
    "GPUs",
    on: [
      "CUDA", "NVML", "OpenCL", "Computing", "DynamicLibraries", "Marketplace", "Records", "Files",
      system,
    ]),
  module(
    "GPUBenchmarks", on: ["GPUs", "CUDA", "OpenCL", "Computing", "DynamicLibraries", "Records"]),
  module(
    "GPUAttestation",
    on: [
      "GPUs", "CUDA", "OpenCL", "Computing", "Envelopes", "Ethereum", "Hashing", "Records",
    ]),
  module("Timing"),
  module("HTTP", on: ["Timing", "Files", "CCurl", httpTypes, system]),
  module(
    "WebSocket",
    on: [
      "Timing", nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOWebSocket"),
      tls, system,
    ]),
  module(
    "Networking", on: ["HTTP", "Timing", "Commands", "Records", argumentParser]),
  module(
    "IPFSClients",
    on: [
      "IPFS", "Networking", "HTTP", "Timing", "Commands", "Records", "Hashing", "Files",
      argumentParser, httpTypes, system, subprocess,
    ]),
  module(
    "EthereumRPC",
    on: [
      "Networking", "HTTP", "Timing", "Commands", "Ethereum", "ABI", "Records", "WideInteger",
      "Hashing", "Files", argumentParser, httpTypes, system,
    ]),
  module(
    "Sending",
    on: [
      "EthereumRPC", "Signing", "Networking", "HTTP", "Timing", "Commands", "Ethereum", "ABI",
      "Records", "WideInteger", "Hashing", "Files", "Journals", argumentParser, system,
    ]),
  module(
    "EventStreams",
    on: [
      "EthereumRPC", "Timing", "Commands", "Ethereum", "ABI", "Records", "WideInteger", "Hashing",
      "HTTP", "WebSocket", "Journals", "Files", system,
    ]),
  module(
    "MarketplaceClient",
    on: [
      "Marketplace", "EventStreams", "Sending", "Signing", "EthereumRPC", "Networking", "Timing",
      "Commands", "ABI", "Ethereum", "Records", "WideInteger", "Hashing", "Files", "IPFS",
      argumentParser, system,
    ]),
  module("NodeAPI", on: ["Records", "Hashing", "IPFS", "Ethereum", "Marketplace"]),
  module(
    "NodeClient",
    on: [
      "NodeAPI", "Networking", "HTTP", "WebSocket", "Timing", "Records", "Commands", "IPFS",
      "Ethereum", "Marketplace", "Hashing", "Files", argumentParser, httpTypes, system,
    ]),
  module(
    "EscrowedJobs",
    on: [
      "MarketplaceClient", "NodeClient", "NodeAPI", "Proofs", "Marketplace", "EthereumRPC",
      "Networking", "Commands", "Ethereum", "IPFS", "Hashing", "Records", "WideInteger",
      argumentParser, system,
    ]),
]

// What sr-node alone links; no part of the library.
let nodeModules: [Target] = [
  module("Unpacking", on: ["IPFS", "Files", "CArchive", system]),
  module("NodeContent", on: ["IPFS", "Files", "Hashing", system]),
  module(
    "Matching",
    on: [
      "NodeClient", "MarketplaceClient", "Marketplace", "EthereumRPC", "EventStreams", "Ethereum",
      "ABI", "IPFS", "HTTP", "Commands", "Records", "WideInteger", "Hashing", "Files", system,
    ]),
  module(
    "NodeEngine",
    on: [
      "NodeAPI", "NodeContent", "Records", "Hashing", "IPFS", "Ethereum", "Marketplace", "Proofs",
      "Files", "CLinux", grdb, system,
    ]),
  module(
    "NodeMarket",
    on: [
      "NodeEngine", "NodeAPI", "NodeContent", "Proofs", "MarketplaceClient", "Marketplace",
      "Sending",
      "EventStreams", "EthereumRPC", "ABI", "Ethereum", "Hashing", "IPFS", "Records",
      "WideInteger", "Commands", "Timing",
    ]),
  module(
    "NodeServer",
    on: [
      "NodeAPI", "NodeEngine", "NodeContent", "Records", "Hashing", "IPFS", "Ethereum",
      "Marketplace", "Unpacking", "Files", hummingbird, hummingbirdCore, lifecycle, log, httpTypes,
      nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOWebSocket"), subprocess, system,
    ] + nioHTTPTypes),
]

let package = Package(
  name: "sandrun",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "SandrunShared", targets: modules.map(\.name)),
    .executable(name: "sr-ipfs", targets: ["sr-ipfs"]),
    .executable(name: "sr-chain", targets: ["sr-chain"]),
    .executable(name: "sr-job", targets: ["sr-job"]),
    .executable(name: "sr-node", targets: ["sr-node"]),
    .executable(name: "sr-proof", targets: ["sr-proof"]),
    .executable(name: "sr-gpu", targets: ["sr-gpu"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    library("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    library("CSecp256k1", pkgConfig: "libsecp256k1", apt: "libsecp256k1-dev"),
    library("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    library("CSeccomp", pkgConfig: "libseccomp", apt: "libseccomp-dev"),
    library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    library("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
    library("CLinux", pkgConfig: nil, apt: "libc6-dev"),
  ] + modules + nodeModules + [
    tool(
      "sr-ipfs",
      on: [
        "IPFSClients", "IPFS", "Networking", "HTTP", "Timing", "Marketplace", "Hashing", "Files",
        httpTypes, system,
      ]),
    tool(
      "sr-chain",
      on: [
        "MarketplaceClient", "Marketplace", "EventStreams", "WebSocket", "Sending", "EthereumRPC",
        "Networking", "ABI", "Ethereum", "Signing", "HTTP", "WideInteger", "Hashing", "Files",
        "CLinux", httpTypes, system, subprocess,
      ]),
    tool(
      "sr-job",
      on: [
        "EscrowedJobs", "MarketplaceClient", "Sending", "EthereumRPC", "Networking", "NodeClient",
        "NodeAPI", "HTTP", "WebSocket", "Marketplace", "Proofs", "Ethereum", "IPFS", "Hashing",
        "Files",
        "WideInteger", system, subprocess,
      ]),
    tool(
      "sr-node",
      on: [
        "NodeMarket", "NodeServer", "NodeEngine", "NodeContent", "NodeAPI", "Unpacking", "Matching",
        "MarketplaceClient", "NodeClient", "Networking", "EthereumRPC", "Sending", "Signing",
        "Ethereum", "ABI", "HTTP", "WideInteger", "Sandbox", "IPFS", "Marketplace", "Proofs",
        "Hashing", "Files", system,
      ]),
    tool(
      "sr-proof", on: ["Proofs", "Ethereum", "Signing", "IPFS", "Marketplace", "Files", system]),
    tool(
      "sr-gpu",
      on: [
        "GPUBenchmarks", "GPUAttestation", "GPUs", "Computing", "Signing", "Ethereum", "Hashing",
        "Marketplace", "Files", system,
      ]),
    // A process for a test to kill; no product.
    .executableTarget(
      name: "trace-probe", dependencies: ["Proofs", "Records", system], path: "Tests/TraceProbe",
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Records", system, subprocess], path: "Tests/TestSupport",
      swiftSettings: strict),
    // What chain benchmarks measure against; no product.
    .executableTarget(
      name: "speed-probe", dependencies: ["CSecp256k1", "Hashing", system],
      path: "Tests/SpeedProbe", swiftSettings: strict),
    // What must hold for whatever a decoder is given: a fuzzer calls it, and a test with what was kept.
    .target(
      name: "FuzzProperties", dependencies: ["ABI", "Ethereum", "Hashing", "IPFS", "Records"],
      path: "Tests/Fuzz/Properties", swiftSettings: strict),
    tests("FuzzProperties", on: ["Records", "Files"]),
    tests("WideInteger", on: ["Records"]),
    tests("Files"),
    tests("Records", on: ["WideInteger", "Files"]),
    tests("Commands", on: ["Records", "Files", argumentParser]),
    tests("Hashing", on: ["Records"]),
    tests("Journals", on: ["Files", "Hashing"]),
    tests("IPFS", on: ["Records", "Hashing", "Files"]),
    tests(
      "IPFSClients",
      on: [
        "IPFS", "Networking", "HTTP", "Timing", "Commands", "Records", "Hashing", "Files",
        argumentParser, httpTypes, subprocess,
      ]),
    tests("Ethereum", on: ["Records", "Hashing", "Files", "WideInteger"]),
    tests("ABI", on: ["Ethereum", "Records", "Hashing", "WideInteger", "Files"]),
    tests(
      "EthereumRPC",
      on: [
        "HTTP", "Timing", "Commands", "Ethereum", "ABI", "Records", "Hashing", "WideInteger",
        "Files", httpTypes, subprocess,
      ]),
    tests(
      "Sending",
      on: [
        "EthereumRPC", "HTTP", "Timing", "Commands", "Ethereum", "Records", "Hashing", "Files",
        "Journals", "WideInteger",
      ]),
    tests(
      "MarketplaceClient",
      on: [
        "Marketplace", "ABI", "Ethereum", "EthereumRPC", "Sending", "HTTP", "Timing", "Commands",
        "Hashing", "IPFS", "Records", "WideInteger", "sr-chain", argumentParser, subprocess,
      ]),
    tests(
      "EventStreams",
      on: [
        "EthereumRPC", "HTTP", "WebSocket", "Timing", "Commands", "Ethereum", "ABI", "Records",
        "Hashing", "WideInteger", "Files", subprocess,
      ]),
    tests(
      "Marketplace",
      on: ["Records", "WideInteger", "IPFS", "Hashing", "Ethereum", "ABI", "Files"]),
    .executableTarget(
      name: "sandbox-runner", dependencies: ["Sandbox", system], path: "Tests/SandboxRunner",
      swiftSettings: strict),
    tests("Sandbox", on: ["Files", "sandbox-runner", subprocess]),
    tests(
      "Proofs",
      on: [
        "Envelopes", "Records", "WideInteger", "Ethereum", "IPFS", "Hashing", "Marketplace",
        "Files",
        "trace-probe", subprocess,
      ]),
    tests("GPUBenchmarks", on: ["Computing", "OpenCL", "GPUs", "Records", subprocess]),
    tests(
      "GPUAttestation",
      on: ["Computing", "OpenCL", "GPUs", "Ethereum", "Hashing", "Records", subprocess]),
    tests("Timing"),
    tests("HTTP", on: ["Timing", "Files", httpTypes, subprocess]),
    tests("WebSocket", on: ["Timing", nio("NIOCore"), subprocess]),
    tests("NodeAPI", on: ["Records", "Ethereum", "IPFS", "Hashing", "Marketplace"]),
    tests(
      "NodeClient",
      on: [
        "NodeAPI", "Networking", "HTTP", "Records", "Commands", "IPFS", "Ethereum", "Marketplace",
        "Hashing", "Files", argumentParser,
      ]),
    tests("EscrowedJobs", on: ["Marketplace", "Hashing"]),
    tests(
      "Matching",
      on: [
        "MarketplaceClient", "NodeClient", "Networking", "Marketplace", "EthereumRPC", "HTTP",
        "Ethereum", "ABI", "Commands", "IPFS", "Files", "Hashing", "Records", "WideInteger",
        argumentParser,
      ]),
    tests("Unpacking", on: ["IPFS", "Hashing", "Records", "Files", subprocess]),
    // What the node's routes are measured against; no product.
    .executableTarget(
      name: "bare-server", dependencies: [hummingbird, nio("NIOCore")], path: "Tests/BareServer",
      swiftSettings: strict),
    // Another, that works on a node's content.
    .executableTarget(
      name: "content-probe", dependencies: ["NodeContent", "IPFS", "Files", system],
      path: "Tests/ContentProbe", swiftSettings: strict),
    tests("NodeContent", on: ["IPFS", "Files", "Hashing", "content-probe", subprocess]),
    tests(
      "NodeEngine",
      on: [
        "NodeAPI", "NodeContent", "Records", "Hashing", "IPFS", "Ethereum", "Marketplace", "Files",
        "Proofs", "WideInteger", "sr-node", grdb,
      ]),
    tests(
      "NodeServer",
      on: [
        "NodeAPI", "NodeEngine", "NodeContent", "Records", "Hashing", "IPFS", "Ethereum", "Files",
        "Marketplace", hummingbird, httpTypes, nio("NIOCore"), nio("NIOEmbedded"),
        nio("NIOWebSocket"),
      ]),
    .testTarget(
      name: "ScriptTests", dependencies: ["TestSupport", "Records", system, subprocess],
      path: "Tests/ScriptTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
