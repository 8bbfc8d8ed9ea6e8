/// The words in a name such as `HTTPServer2go`, put together in another way.
enum Words {
    private enum Kind { case connector, punctuation, upper, lower, number, other, none }

    private struct Word {
        var kind: Kind
        var text: [Unicode.Scalar]
    }

    /// Lower case with `connector` between words.
    static func lowered(_ text: String, connector: Unicode.Scalar) -> String {
        var splitter = Splitter(rest: Array(text.unicodeScalars)[...])
        var output = String.UnicodeScalarView()
        func put(_ word: Word) {
            for scalar in word.text {
                if word.kind == .connector {
                    output.append(connector)
                } else {
                    output.append(word.kind == .upper ? GoCase.lower(scalar) : scalar)
                }
            }
        }
        func putConnector(before word: Word) {
            if word.kind != .connector, word.kind != .punctuation, word.kind != .none { output.append(connector) }
        }
        var word = splitter.next()
        while !splitter.rest.isEmpty {
            if word.kind != .connector { put(word) }
            let previous = word
            word = splitter.next()
            switch previous.kind {
            case .number:
                while word.kind == .lower || word.kind == .number {
                    put(word)
                    word = splitter.next()
                }
                putConnector(before: word)
            case .connector: put(previous)
            case .punctuation: break
            default:
                guard word.kind == .number else {
                    putConnector(before: word)
                    break
                }
                if splitter.rest.isEmpty { break }
                let number = word
                word = splitter.next()
                if word.kind != .lower {
                    // The number belongs to the word before it.
                    put(number)
                    putConnector(before: word)
                    break
                }
                output.append(connector)
                put(number)
                while word.kind == .lower || word.kind == .number {
                    put(word)
                    word = splitter.next()
                }
                putConnector(before: word)
            }
        }
        put(word)
        return String(output)
    }

    /// Words joined, each beginning in upper case and going on in lower case behind a capital.
    static func camel(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { !isConnector($0) }) else {
            // Of connectors alone the last one is written twice.
            return text + (text.unicodeScalars.last.map { String($0) } ?? "")
        }
        // Connectors at the start stay, and one that another one follows.
        var output = String.UnicodeScalarView(scalars[..<first])
        output.append(GoCase.upper(scalars[first]))
        var index = first + 1
        // Capitals right behind one that begins a word are lowered.
        var lowers = GoCase.isUpper(scalars[first])
        while index < scalars.count {
            let (previous, scalar) = (scalars[index - 1], scalars[index])
            let isLast = index + 1 == scalars.count
            if isConnector(scalar) {
                if isLast || isConnector(scalars[index + 1]) { output.append(scalar) }
            } else if isConnector(previous) {
                output.append(GoCase.upper(scalar))
                lowers = GoCase.isUpper(scalar)
            } else {
                lowers = lowers && GoCase.isUpper(scalar)
                output.append(lowers ? GoCase.lower(scalar) : scalar)
            }
            index += 1
        }
        return String(output)
    }

    private static func isConnector(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || scalar == "_" || scalar.properties.isWhitespace
    }

    /// All letters but ideographs, as far as the library that Helm uses knows them.
    private static func isAlphabet(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4D85, 0x4E00...0x9FCC, 0x20000...0x2B81D: false
        default: GoCase.isLetter(scalar)
        }
    }

    private struct Splitter {
        var rest: ArraySlice<Unicode.Scalar>

        mutating func next() -> Word {
            guard let first = rest.first else { return Word(kind: .none, text: []) }
            if isConnector(first) { return take(.connector, isConnector) }
            if GoCase.isPunctuation(first) { return take(.punctuation, GoCase.isPunctuation) }
            if GoCase.isUpper(first) { return takeUpper() }
            if isAlphabet(first) { return take(.lower) { isAlphabet($0) && !GoCase.isUpper($0) } }
            if GoCase.isNumber(first) { return take(.number, GoCase.isNumber) }
            return take(.other) { !isConnector($0) && !isAlphabet($0) && !GoCase.isNumber($0) && !GoCase.isPunctuation($0) }
        }

        private mutating func take(_ kind: Kind, _ belongs: (Unicode.Scalar) -> Bool) -> Word {
            let text = Array(rest.prefix(while: belongs))
            rest.removeFirst(text.count)
            return Word(kind: kind, text: text)
        }

        /// `HTTP` of `HTTPStatus`, or `Status`.
        private mutating func takeUpper() -> Word {
            var count = rest.prefix(while: GoCase.isUpper).count
            let after = rest.dropFirst(count).first
            if count == 1 {
                count += rest.dropFirst(1).prefix { isAlphabet($0) && !GoCase.isUpper($0) }.count
            } else if let after, isAlphabet(after) {
                count -= 1
            }
            let text = Array(rest.prefix(count))
            rest.removeFirst(count)
            return Word(kind: .upper, text: text)
        }
    }
}
