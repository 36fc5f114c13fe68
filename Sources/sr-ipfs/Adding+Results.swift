import Commands
import Files
import IPFS
import Marketplace
import Records
import SystemPackage

extension Adding {
  func addOutputs(_ record: Record) throws(Failure) -> Record {
    guard var result = try record.objectText("result"), let text = result.text(of: "outputs"),
      text.first == UInt8(ascii: "{")
    else { return record }
    guard let outputs = try withCID(Array(text), named: "result.outputs") else { return record }
    result.set("outputs", to: outputs)
    return record.setting("result", toText: result.bytes)
  }

  func addProofs(_ record: Record) throws(Failure) -> Record {
    guard let text = record.text.text(of: "proofs") else { return record }
    var proofs: ArrayText
    do {
      proofs = try ArrayText(parsing: Array(text))
    } catch {
      throw Failure(.data, "malformed \"proofs\": \(error)")
    }
    var isChanged = false
    for index in proofs.elements.indices {
      let named = "proofs[\(index)]"
      guard let proof = try withCID(proofs.elements[index], named: named) else { continue }
      proofs.elements[index] = proof
      isChanged = true
    }
    return isChanged ? record.setting("proofs", toText: proofs.bytes) : record
  }

  /// An object with the CID of what its `path` names; nil where it has no path, or a CID already.
  private func withCID(_ bytes: [UInt8], named name: String) throws(Failure) -> [UInt8]? {
    var object: ObjectText
    let path: JSON?
    do {
      object = try ObjectText(parsing: bytes)
      path = try object.value(of: "path")
    } catch {
      throw Failure(.data, "malformed \(name): \(error)")
    }
    guard let path, !object.has("cid") else { return nil }
    guard let text = path.string else {
      throw Failure(.data, "\(name).path is \(path.kind), not a string")
    }
    guard !text.utf8.contains(0) else { throw Failure(.data, "\(name).path has a NUL in it") }
    let found = try importedFromState(FilePath(text), named: name)
    keep(found.cid)
    object.set("cid", to: JSON.string("\(found.cid)").bytes)
    return object.bytes
  }

  /// Only what `exec` and `build` made lies in our state folder; a record may not name anything else.
  private func importedFromState(_ path: FilePath, named name: String) throws(Failure) -> Imported {
    guard try status(path) != nil else {
      throw Failure(.missingInput, "no file \(path), which \(name) names")
    }
    let state = try world.folders.state
    guard UserFolders.contains(state, path), let resolved = try? Files.resolve(path) else {
      throw Failure(
        .permission, "\(name) names \(path), which is not in \(state)", code: "unknown-path",
        hint: "add it by naming it: sr-ipfs add \(path)")
    }
    return try importing { (importer) throws(ImportError) in try importer.add(resolved) }
  }
}
