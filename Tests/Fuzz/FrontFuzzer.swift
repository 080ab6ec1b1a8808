import Glibc
import LakeScript

/// The whole front of the language on one input: tokens and tree, check, compile, format. libFuzzer calls it with what it
/// makes of the seeds; a crash, and a promise of the formatter that is broken, ends the process. `scripts/fuzz` builds it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    // SAFETY: libFuzzer hands out `count` bytes that live for the call.
    guard let problem = FrontEnd.problem(with: Array(UnsafeBufferPointer(start: start, count: count))) else { return 0 }
    print(problem)
    fflush(nil)
    preconditionFailure(problem)
}

/// Called once by libFuzzer before all inputs. With `--words` or `--scripts` alone it prints what the language's tables
/// give, a zero byte behind each, and ends the process: the script makes the dictionary and seeds of it.
@_cdecl("LLVMFuzzerInitialize")
public func begin(_ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer) -> CInt {
    let texts: [String]? =
        switch CommandLine.arguments.last {
        case "--words": GrammarSeeds.words
        case "--scripts": GrammarSeeds.scripts + Diagnostic.codes.flatMap(\.examples).flatMap { [$0.wrong, $0.right] }
        default: nil
        }
    guard let texts else { return 0 }
    print(texts.map { $0 + "\0" }.joined(), terminator: "")
    exit(0)
}
