import Testing

@testable import LakeScript

/// Compares the table of built-ins with the language's list.
struct BuiltinTableTests {
    private static let data = """
        where each select get sort sort_by group_by unique first last reverse flatten count length sum min max keys
        values merge append union intersect without diff any all skip chunk
        """
    private static let text = """
        split join trim replace lower upper starts_with ends_with contains lines to_int to_float to_string format_time
        parse_time to_json from_json to_csv from_csv to_table to_yaml from_yaml base64 sha256 md5 base_name folder_name
        extension
        """
    private static let world = """
        print print_error read_file write_file read_lines read_json write_json read_csv write_csv
        reserve_file delete_file file_exists list_files env now sleep random_id input put_url post_url get_url exec
        append_file read_yaml write_yaml temp_folder
        """
    private static let reflection = "help operations type_of reveal"

    private static let named = [data, text, world, reflection].flatMap { family in
        family.split(whereSeparator: \.isWhitespace).map { String($0) }
    }

    @Test func eachBuiltinOfTheLanguageIsThereAndNoOther() {
        #expect(Set(Builtins.all.map(\.signature.name)) == Set(BuiltinTableTests.named))
        #expect(Builtins.all.count == BuiltinTableTests.named.count)
    }

    @Test(arguments: Builtins.all.map(\.signature))
    func requiredParametersComeFirst(signature: Signature) {
        let optionals = signature.parameters.drop { $0.isRequired }
        #expect(optionals.allSatisfy { !$0.isRequired })
    }

    @Test(arguments: Builtins.all.map(\.signature))
    func theSummaryIsOneLineWithoutAPeriod(signature: Signature) {
        #expect(!signature.summary.isEmpty && !signature.summary.hasSuffix(".") && !signature.summary.contains("\n"))
    }

    @Test(arguments: Builtins.all.map(\.signature))
    func aDefaultHasTheParametersType(signature: Signature) {
        for parameter in signature.parameters {
            guard let value = parameter.defaultValue else { continue }
            #expect(value.typeName == (parameter.type == .bool ? "bool" : "string"))
        }
    }

    @Test(arguments: ["write_file", "append_file", "write_json", "write_csv", "write_yaml"])
    func onlyWritingTakesThePipelinesValueLast(name: String) {
        #expect(Builtins[name]?.takesInputLast == true)
        #expect(Builtins.all.filter(\.takesInputLast).count == 5)
    }
}
