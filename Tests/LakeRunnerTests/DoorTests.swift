import Testing

@testable import LakeRunner
