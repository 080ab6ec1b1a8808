import Testing

@testable import LakeSandbox
