import Glibc

/// What libFuzzer, which has the program's `main`, calls with each input. An error is a good answer; a trap, a hang and too much
/// memory are not. The environment variable `FUZZ_TARGET` says what reads the inputs.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    try? target.read(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

private let target: Target = {
    if let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }), let target = Target(rawValue: name) { return target }
    print("FUZZ_TARGET has to be one of \(Target.allCases.map(\.rawValue).joined(separator: ", "))")
    exit(64)
}()
