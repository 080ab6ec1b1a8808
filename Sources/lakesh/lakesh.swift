@main
struct Lakesh {
    static func main() {}
}
