import LakeScript

/// The whole front of the language on one input: tokens and tree, check, compile, format. libFuzzer calls it with what it
/// makes of the seeds; a crash, and a promise of the formatter that is broken, ends the process. `scripts/fuzz` builds it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    // SAFETY: libFuzzer hands out `count` bytes that live for the call.
    guard let problem = FrontEnd.problem(with: Array(UnsafeBufferPointer(start: start, count: count))) else { return 0 }
    print(problem)
    preconditionFailure(problem)
}
