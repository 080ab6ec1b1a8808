import Testing

@testable import LakeREPL
