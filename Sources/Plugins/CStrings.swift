import Glibc

/// Null-terminated texts in a list that a null ends, for the length of `body`.
func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return (copies + [nil]).withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return body(UnsafePointer([nil])) }
        return body(start)
    }
}
