// swift-tools-version: 6.2

import PackageDescription

/// Every room is built with the same strictness: Swift 6, doors checked by the compiler.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the house: a library target, its doors the targets it may import.
func room(_ name: String, doors: [Target.Dependency] = [], linked: [LinkerSetting] = []) -> Target {
    .target(name: name, dependencies: doors, swiftSettings: strict, linkerSettings: linked)
}

/// The tests of a room, which mirror its folders.
func tests(of name: String, doors: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + doors, swiftSettings: strict)
}

/// A library of the system, found by pkg-config; `package` is its Debian development package.
func system(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
    name: "lakesh",
    products: [.executable(name: "lakesh", targets: ["lakesh"])],
    targets: [
        // The rooms, in the order of their doors.
        // Rounding a float is libm's.
        room("LakeScript", linked: [.linkedLibrary("m")]),
        room("LakeAPI", doors: ["LakeScript", "CCurl", "CCrypto"]),
        room("LakeSandbox", doors: ["LakeScript", "LakeAPI", "CCrypto"]),
        room("LakeSandboxServer", doors: ["LakeScript", "LakeAPI", "LakeSandbox", "CMicroHTTPD"]),
        room("LakeRunner", doors: ["LakeScript", "LakeAPI", "LakeSandbox", "CCrypto", "CYAML", "CPCRE2", "CSystem"]),
        room("LakeREPL", doors: ["LakeScript", "LakeAPI", "LakeRunner", "CEditline"]),
        room(
            "LakeCLI", doors: ["LakeScript", "LakeAPI", "LakeSandbox", "LakeSandboxServer", "LakeRunner", "LakeREPL"]),
        .executableTarget(name: "lakesh", dependencies: ["LakeCLI"], swiftSettings: strict),

        // The doors to C. CCurl and CMicroHTTPD load their library on first use, so only their headers are needed.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CMicroHTTPD", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CSystem"),
        .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
        system("CCrypto", pkgConfig: "libcrypto", package: "libssl-dev"),
        system("CYAML", pkgConfig: "yaml-0.1", package: "libyaml-dev"),
        system("CPCRE2", pkgConfig: "libpcre2-8", package: "libpcre2-dev"),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["LakeScript", "LakeAPI"], path: "Tests/TestSupport",
            swiftSettings: strict),
        tests(of: "LakeScript"),
        tests(of: "LakeAPI", doors: ["LakeScript"]),
        tests(of: "LakeSandbox", doors: ["LakeScript", "LakeAPI"]),
        tests(of: "LakeSandboxServer", doors: ["LakeScript", "LakeAPI", "LakeSandbox"]),
        tests(of: "LakeRunner", doors: ["LakeScript", "LakeAPI", "LakeSandbox"]),
        tests(of: "LakeREPL", doors: ["LakeScript", "LakeAPI", "LakeRunner"]),
        tests(of: "LakeCLI", doors: ["LakeScript", "LakeAPI", "LakeRunner"]),
    ]
)
