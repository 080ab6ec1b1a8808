extension ArgumentBinder {
    /// One binding under way.
    struct Work {
        let binder: ArgumentBinder
        let arguments: [Shape]
        var binding = Binding()
        /// The arguments without a name that no option took as its value.
        private var positional: [Int] = []
        private var hasBody = false

        init(binder: ArgumentBinder, arguments: [Shape]) {
            self.binder = binder
            self.arguments = arguments
        }

        /// Rule 1.
        mutating func bindNamed() {
            var index = 0
            while index < arguments.count {
                if let name = arguments[index].name {
                    index += bindNamed(name, at: index)
                } else if case .block(let isEmpty) = arguments[index].form {
                    bindBlock(at: index, isEmpty: isEmpty)
                } else {
                    positional.append(index)
                }
                index += 1
            }
        }

        /// Gives how many further arguments it took.
        private mutating func bindNamed(_ name: String, at index: Int) -> Int {
            guard let target = binder.target(named: name) else {
                bindNegation(name, at: index)
                return 0
            }
            let parameter = binder.parameter(of: target)
            guard case .bare = arguments[index].form else {
                fill(target, with: .value(argument: index, option: index), at: index)
                return 0
            }
            if parameter.type.unwrapped == .bool {
                fill(target, with: .isOn(true, option: index), at: index)
                return 0
            }
            let next = index + 1
            guard arguments.indices.contains(next), arguments[next].name == nil, arguments[next].canBeValue else {
                binding.problems.append(.missingValue(argument: index, parameter: parameter))
                fill(target, with: nil, at: index)
                return 0
            }
            fill(target, with: .value(argument: next, option: index), at: index)
            return 1
        }

        private mutating func bindNegation(_ name: String, at index: Int) {
            let wanted = name.replacingHyphens
            guard wanted.hasPrefix("no_"), let target = binder.target(named: String(wanted.dropFirst(3))),
                binder.parameter(of: target).type.unwrapped == .bool
            else {
                binding.problems.append(.unknownOption(argument: index))
                return
            }
            guard case .bare = arguments[index].form else {
                binding.problems.append(.valueForNegation(argument: index))
                return
            }
            fill(target, with: .isOn(false, option: index), at: index)
        }

        /// Without a source it was tried and is not missing.
        private mutating func fill(_ target: Target, with source: Source?, at index: Int) {
            let parameter = binder.parameter(of: target)
            switch target {
            case .option:
                if parameter.name == "body", !binder.bodyFields.isEmpty { hasBody = true }
                if binding.fills(target), !binder.isRepeatable(parameter) { return reportTwice(index, parameter) }
            case .parameter(let place):
                let isTaken = tried.contains(place) || binding.fills(target)
                if isTaken, !binder.isRepeatable(parameter) { return reportTwice(index, parameter) }
                if source == nil { tried.insert(place) }
                named.append((index, place))
            }
            if let source { binding.fillings.append((target, source)) }
        }

        /// Parameters whose value could not be had; a message was given.
        private var tried: Set<Int> = []
        private var named: [(argument: Int, parameter: Int)] = []

        private mutating func reportTwice(_ index: Int, _ parameter: Parameter) {
            binding.problems.append(.givenTwice(argument: index, parameter: parameter))
        }

        private mutating func bindBlock(at index: Int, isEmpty: Bool) {
            if binder.signature.block != .none, binding.block == nil {
                binding.block = index
            } else if isEmpty {
                positional.append(index)
            } else {
                binding.problems.append(.unwantedBlock(argument: index))
            }
        }

        /// Rules 2 to 4.
        mutating func bindPositional() {
            if hasBody { refuseFields() }
            var taken = 0
            for index in positional {
                guard let place = nextPlace() else {
                    // What follows an option that there is not was meant as its value.
                    if !hasLostOption { binding.problems.append(.surplus(argument: index, taken: taken)) }
                    return
                }
                taken += 1
                if arguments[index].addressParts > 0, binder.signature.parameters[place].role == .repository {
                    bindAddress(at: index, to: place)
                } else {
                    binding.fillings.append((.parameter(place), .value(argument: index, option: nil)))
                }
            }
        }

        private mutating func refuseFields() {
            for (index, place) in named where isBodyField(place) {
                let parameter = binder.signature.parameters[place]
                binding.problems.append(.fieldBesideBody(argument: index, parameter: parameter))
            }
        }

        /// The next parameter that takes a position and has nothing yet, or takes all that is left.
        private func nextPlace() -> Int? {
            binder.signature.parameters.indices.first { place in
                guard takesPosition(place), !tried.contains(place) else { return false }
                guard !named.contains(where: { $0.parameter == place }) else { return false }
                return binder.signature.parameters[place].isVariadic || !binding.fills(.parameter(place))
            }
        }

        private var hasLostOption: Bool {
            binding.problems.contains { if case .unknownOption = $0 { true } else { false } }
        }

        private var hasLostPart: Bool {
            binding.problems.contains { if case .lostPart = $0 { true } else { false } }
        }

        private func takesPosition(_ place: Int) -> Bool {
            if hasBody, isBodyField(place) { return false }
            switch binder.positions {
            case .none: return false
            case .required:
                return binder.signature.parameters[place].isRequired || binder.signature.parameters[place].isVariadic
            case .all: return true
            }
        }

        private func isBodyField(_ place: Int) -> Bool {
            binder.bodyFields.contains(binder.signature.parameters[place].name)
        }

        private mutating func bindAddress(at index: Int, to repository: Int) {
            binding.fillings.append((.parameter(repository), .part(argument: index, part: 0)))
            for part in 1..<max(1, arguments[index].addressParts) {
                if let place = place(ofPart: part) {
                    binding.fillings.append((.parameter(place), .part(argument: index, part: part)))
                } else {
                    binding.problems.append(.lostPart(argument: index, part: part))
                }
            }
        }

        private static let refs: Set<String> = ["ref", "branch", "commit_id", "source_ref", "left_ref"]

        private func place(ofPart part: Int) -> Int? {
            let parameters = binder.signature.parameters
            let isFree: (Int) -> Bool = { !binding.fills(.parameter($0)) && !tried.contains($0) }
            if part == 1 {
                return parameters.indices.first {
                    takesPosition($0) && isFree($0) && Work.refs.contains(parameters[$0].name)
                }
            }
            let path = parameters.firstIndex { $0.name == "path" }
            let place = path ?? parameters.firstIndex { $0.name == "prefix" }
            return place.flatMap { isFree($0) ? $0 : nil }
        }

        /// What is required and has nothing.
        mutating func findMissing() {
            let parameters = binder.signature.parameters
            var missing: [Parameter] = []
            for place in parameters.indices where parameters[place].isRequired && !binding.fills(.parameter(place)) {
                if !tried.contains(place), !(hasBody && isBodyField(place)) { missing.append(parameters[place]) }
            }
            for place in binder.options.indices where binder.options[place].isRequired {
                if !binding.fills(.option(place)) { missing.append(binder.options[place]) }
            }
            if !missing.isEmpty, !hasLostOption, !hasLostPart, !hasLostBlock {
                binding.problems.append(.missing(missing))
            }
            guard binder.signature.block == .required, binding.block == nil else { return }
            // What stands in the block's place is no argument too many.
            binding.problems.removeAll { if case .surplus = $0 { true } else { false } }
            binding.problems.append(.missingBlock)
        }

        /// Whether a block stands where an argument was meant.
        private var hasLostBlock: Bool {
            binding.problems.contains { if case .unwantedBlock = $0 { true } else { false } }
        }
    }
}

extension ArgumentBinder.Shape {
    /// Whether an option may take it as its value.
    var canBeValue: Bool {
        switch form {
        case .bare: false
        case .value: true
        case .block(let isEmpty): isEmpty
        }
    }
}
