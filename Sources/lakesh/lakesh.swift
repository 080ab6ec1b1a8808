internal import Glibc
internal import LakeCLI

@main
struct Lakesh {
    static func main() {
        exit(RootCommand.main())
    }
}
