import Testing

@testable import LakeScript
