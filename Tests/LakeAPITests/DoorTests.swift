import Testing

@testable import LakeAPI
