/// The jobs that wait, by their numbers in the database, which is the order in which they start.
struct WaitingLine {
  private var numbers: [Int64] = []
  /// The first ones are gone; to cut them off each time would cost their number.
  private var start = 0

  var count: Int { numbers.count - start }

  /// How many are before one; nil where it does not wait.
  func position(of number: Int64) -> Int? {
    let index = place(of: number)
    return index < numbers.count && numbers[index] == number ? index - start : nil
  }

  mutating func insert(_ number: Int64) {
    let index = place(of: number)
    guard index == numbers.count || numbers[index] != number else { return }
    numbers.insert(number, at: index)
  }

  mutating func remove(_ number: Int64) {
    let index = place(of: number)
    guard index < numbers.count, numbers[index] == number else { return }
    if index == start { start += 1 } else { numbers.remove(at: index) }
    if start > 1024, start > numbers.count / 2 {
      numbers.removeFirst(start)
      start = 0
    }
  }

  /// Where a number is, or would go.
  private func place(of number: Int64) -> Int {
    var (low, high) = (start, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
