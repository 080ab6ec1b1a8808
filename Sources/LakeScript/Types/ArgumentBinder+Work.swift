extension ArgumentBinder {
    struct Work {
        let binder: ArgumentBinder
        let arguments: [Shape]
        let address: AddressScheme?
        var binding = Binding()
        /// The arguments without a name that are not the value of an option.
        private var positional: [Int] = []
        private var hasBody = false

        init(binder: ArgumentBinder, arguments: [Shape], address: AddressScheme?) {
            self.binder = binder
            self.arguments = arguments
            self.address = address
        }

        /// Applies rule 1.
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

        /// Binds a named argument; returns the number of further arguments that it took.
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

        /// Fills a target. A nil source marks the parameter as attempted, so it is not reported as missing.
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

        /// Parameters whose value has a mistake that was reported.
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

        /// Applies rules 2 to 4.
        mutating func bindPositional() {
            if hasBody { refuseFields() }
            var taken = 0
            for index in positional {
                guard let place = nextPlace() else {
                    // An argument behind an unknown option was probably its value.
                    if !hasLostOption { binding.problems.append(.surplus(argument: index, taken: taken)) }
                    return
                }
                taken += 1
                if arguments[index].addressParts > 0, let address,
                    binder.signature.parameters[place].role == address.role
                {
                    bind(address, at: index, to: place)
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

        /// Returns the next parameter that takes a position and is not filled yet, or that takes all remaining
        /// arguments.
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
                let parameter = binder.signature.parameters[place]
                return parameter.isRequired || parameter.isVariadic || parameter.isPositional
            case .all: return true
            }
        }

        private func isBodyField(_ place: Int) -> Bool {
            binder.bodyFields.contains(binder.signature.parameters[place].name)
        }

        private mutating func bind(_ address: AddressScheme, at index: Int, to first: Int) {
            binding.fillings.append((.parameter(first), .part(argument: index, part: 0)))
            for (number, part) in zip(1..<max(1, arguments[index].addressParts), address.further) {
                if let place = place(of: part, isLast: number == address.further.count) {
                    binding.fillings.append((.parameter(place), .part(argument: index, part: number)))
                } else {
                    binding.problems.append(.lostPart(argument: index, part: part.name))
                }
            }
        }

        /// Returns the parameter that a part fills. Only the last part fills one that takes no position.
        private func place(of part: AddressScheme.Part, isLast: Bool) -> Int? {
            let parameters = binder.signature.parameters
            return parameters.indices.first {
                part.parameters.contains(parameters[$0].name) && (isLast || takesPosition($0))
                    && !binding.fills(.parameter($0)) && !tried.contains($0)
            }
        }

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
            // An argument in place of the block is not reported as one too many.
            binding.problems.removeAll { if case .surplus = $0 { true } else { false } }
            binding.problems.append(.missingBlock)
        }

        /// True if there is a block in place of an argument.
        private var hasLostBlock: Bool {
            binding.problems.contains { if case .unwantedBlock = $0 { true } else { false } }
        }
    }
}

extension ArgumentBinder.Shape {
    /// True if it can be the value of an option.
    var canBeValue: Bool {
        switch form {
        case .bare: false
        case .value: true
        case .block(let isEmpty): isEmpty
        }
    }
}
