#!/usr/bin/env bash
# Build the fuzzers, one for each decoder, into the folder named as argument; with COVERAGE=1, for llvm-cov.
#
# The modules are built by SwiftPM; the program is linked here, since libFuzzer brings its own main.
set -euo pipefail

out=$1
cd "$(dirname "$0")/../.."
flags=(-sanitize=fuzzer)
if [ "${COVERAGE:-}" = 1 ]; then flags+=(-profile-generate -profile-coverage-mapping); fi

swift build --scratch-path "$out" -c release --target FuzzProperties "${flags[@]/#/-Xswiftc=}"
built=$(swift build --scratch-path "$out" -c release --show-bin-path)

objects=()
for module in FuzzProperties ABI Ethereum Files Hashing IPFS Records SystemPackage WideInteger; do
  while IFS= read -r object; do objects+=("$object"); done < <(find "$built/$module.build" -name '*.o')
done
maps=()
for library in CCrypto CSecp256k1 CLinux; do
  maps+=(-Xcc "-fmodule-map-file=Sources/$library/module.modulemap")
done
maps+=(-Xcc "-fmodule-map-file=$out/checkouts/swift-system/Sources/CSystem/include/module.modulemap")
while IFS= read -r object; do objects+=("$object"); done < <(find "$built" -path '*CSystem.build*' -name '*.o')

swiftc -O -swift-version 6 -parse-as-library "${flags[@]}" -I "$built/Modules" "${maps[@]}" \
  -module-name Fuzz -o "$out/fuzz-json" Tests/Fuzz/Fuzzer.swift "${objects[@]}" -lcrypto -lsecp256k1
for target in rlp transaction abi typed-data keystore cid car dag-pb unixfs hamt; do ln -f "$out/fuzz-json" "$out/fuzz-$target"; done
