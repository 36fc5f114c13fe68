import IPFS
import Records
import Testing

/// The options of a row of the IPFS vectors as the importer takes them.
enum VectorOptions {
  static func parse(_ row: JSON) throws -> ImportOptions {
    let version = try #require(row["cid_version"]?.integer)
    var options = ImportOptions(
      row["profile"]?.string == "unixfs-v1-2025" ? .unixfsV1 : version == 1 ? .kuboCIDv1 : .unixfsV0
    )
    options.rawLeaves = try #require(row["raw_leaves"]?.boolean as Bool?)
    options.chunker = try Chunker(parsing: #require(row["chunker"]?.string))
    options.layout = row["layout"]?.string == "trickle" ? .trickle : .balanced
    options.maximumFileLinks = row["max_file_links"]?.integer ?? options.maximumFileLinks
    options.inlineLimit = row["inline_limit"]?.integer
    options.maximumDirectoryLinks = row["max_directory_links"]?.integer
    options.shardFanout = row["max_hamt_fanout"]?.integer ?? options.shardFanout
    options.includesHidden = row["hidden"]?.boolean ?? false
    options.includesEmptyDirectories = row["empty_dirs"]?.boolean ?? true
    options.followsLinks = row["dereference_symlinks"]?.boolean ?? false
    options.preservesMode = row["preserve_mode"]?.boolean ?? false
    options.preservesModificationTime = row["preserve_mtime"]?.boolean ?? false
    options.metadata.mode = row["mode"]?.string.flatMap { UInt32($0, radix: 8) }
    if let seconds = row["mtime"]?.integer, seconds != 0 {
      options.metadata.modificationTime = UnixFSData.ModificationTime(
        seconds: Int64(seconds), nanoseconds: UInt32(row["mtime_nsecs"]?.integer ?? 0))
    }
    return options
  }
}
