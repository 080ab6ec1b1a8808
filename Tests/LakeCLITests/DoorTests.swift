import Testing

@testable import LakeCLI
