import LakeScript
import Testing

/// Timeouts in the sandbox: the changes of a block are undone before the timeout's error propagates.
struct TimeoutTests {
    @Test("a timeout around parallel bodies leaves nothing that their undos take away")
    func parallel() throws {
        let bench = try RunBench(
            """
            try {
              timeout 100ms {
                for i in 1..3 parallel 3 {
                  step "w $i" {
                    create_user "zw$i"
                    on_failure { delete_user "zw$i" }
                    sleep 1h
                  }
                }
              }
            } catch error {
              assert $error.kind == "timeout"
            }
            list_users --prefix zw | get results | get id
            """)
        #expect(bench.failure == nil)
        #expect(bench.value == [])
    }
}
