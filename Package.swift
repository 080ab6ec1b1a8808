// swift-tools-version: 6.2

import PackageDescription

/// Every room is built with the same strictness: Swift 6, doors checked by the compiler.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the house: a library target, its doors the targets it may import, its texts files that go into the binary.
func room(
    _ name: String, doors: [Target.Dependency] = [], linked: [LinkerSetting] = [], texts: [String] = []
) -> Target {
    .target(
        name: name, dependencies: doors, resources: texts.map { .embedInCode($0) },
        swiftSettings: strict, linkerSettings: linked)
}

/// The files of a room's articles.
func articles(in room: String, _ names: [String]) -> [String] { names.map { "\(room).docc/\($0).md" } }

/// The tests of a room, which mirror its folders.
func tests(of name: String, doors: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + doors, swiftSettings: strict)
}

/// A door to a library of the system, which is loaded on first use: only its headers are needed here.
func door(_ name: String) -> Target { .target(name: name, dependencies: ["CLoading"]) }

let package = Package(
    name: "lakesh",
    products: [.executable(name: "lakesh", targets: ["lakesh"])],
    targets: [
        // The rooms, in the order of their doors.
        // Rounding a float is libm's.
        room(
            "LakeScript", linked: [.linkedLibrary("m")],
            texts: articles(
                in: "LakeScript", ["LakeScript", "Grammar", "Values", "Commands", "Statements", "Builtins", "Errors"])),
        room("LakeAPI", doors: ["LakeScript", "CCurl"]),
        room("LakeSandbox", doors: ["LakeScript", "LakeAPI", "CCrypto"]),
        room("LakeSandboxServer", doors: ["LakeScript", "LakeAPI", "LakeSandbox", "CMicroHTTPD"]),
        room(
            "LakeRunner", doors: ["LakeScript", "LakeAPI", "LakeSandbox", "CCrypto", "CYAML", "CPCRE2", "CSystem"],
            texts: articles(in: "LakeRunner", ["Shell", "Profiles", "Environment", "ExitStatus", "Lakectl"])),
        room("LakeAssist", doors: ["LakeScript", "LakeAPI"]),
        room("LakeREPL", doors: ["LakeScript", "LakeAPI", "LakeAssist", "LakeRunner", "CEditline", "CSystem"]),
        room(
            "LakeCLI",
            doors: [
                "LakeScript", "LakeAPI", "LakeSandbox", "LakeSandboxServer", "LakeRunner", "LakeAssist", "LakeREPL",
            ],
            texts: ["bash", "zsh", "fish"].map { "Completions/lakesh.\($0)" }),
        .executableTarget(name: "lakesh", dependencies: ["LakeCLI"], swiftSettings: strict),

        // The doors to C.
        .target(name: "CLoading", linkerSettings: [.linkedLibrary("dl")]),
        door("CCurl"), door("CMicroHTTPD"), door("CCrypto"), door("CYAML"), door("CPCRE2"), door("CEditline"),
        .target(name: "CSystem"),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["LakeScript", "LakeAPI"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .target(
            name: "RunnerSupport", dependencies: ["LakeScript", "LakeRunner"],
            path: "Tests/RunnerSupport", swiftSettings: strict),
        tests(of: "LakeScript"),
        tests(of: "LakeAPI", doors: ["LakeScript"]),
        tests(of: "LakeSandbox", doors: ["LakeScript", "LakeAPI"]),
        tests(of: "LakeSandboxServer", doors: ["LakeScript", "LakeAPI", "LakeSandbox"]),
        tests(of: "LakeRunner", doors: ["LakeScript", "LakeAPI", "LakeSandbox", "RunnerSupport"]),
        tests(of: "LakeAssist", doors: ["LakeScript", "LakeAPI"]),
        tests(
            of: "LakeREPL",
            doors: ["LakeScript", "LakeAPI", "LakeAssist", "LakeRunner", "LakeSandbox", "RunnerSupport"]),
        tests(of: "LakeCLI", doors: ["LakeScript", "LakeAPI", "LakeRunner"]),
    ]
)
