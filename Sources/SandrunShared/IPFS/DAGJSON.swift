internal import Records

/// The links in a DAG-JSON block: each is an object with the one member `/`, the text of a CID (IPLD, DAG-JSON specification).
enum DAGJSON {
  /// All links, in their order.
  static func links(in bytes: [UInt8]) throws(BlockError) -> [CID] {
    let root: JSON
    do throws(JSONError) { root = try JSON(parsing: bytes) } catch {
      throw .notJSON(offset: error.offset)
    }
    var links: [CID] = []
    var waiting = [root]
    while let value = waiting.popLast() {
      switch value {
      case .array(let elements): waiting += elements.reversed()
      case .object(let object):
        guard let text = link(object) else {
          waiting += object.members.reversed().map(\.value)
          continue
        }
        do throws(CIDError) { links.append(try CID(parsing: text)) } catch {
          throw .badLink(error, offset: 0)
        }
      default: break
      }
    }
    return links
  }

  private static func link(_ object: JSONObject) -> String? {
    guard object.members.count == 1, let member = object.members.first, member.name == "/" else {
      return nil
    }
    return member.value.string
  }
}
