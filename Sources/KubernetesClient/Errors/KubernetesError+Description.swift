package import Model

extension KubernetesError {
    /// The sentence for the person who has to act.
    package var description: String {
        var said = message
        for cause in causes where !cause.message.isEmpty && !said.contains(cause.message) {
            said += (said.isEmpty ? "" : "; ") + (cause.field.isEmpty ? "" : "\(cause.field): ") + cause.message
        }
        if said.isEmpty { said = reason }
        while said.hasSuffix(".") || said.hasSuffix(" ") { said.removeLast() }
        return "\(verdict): \(said) (\(request))."
    }

    private var verdict: String {
        switch httpStatus {
        case 400, 422: "The API server finds it invalid"
        case 401: "The API server does not accept the credentials"
        case 403: "The API server does not permit it"
        case 404 where subject.name.isEmpty: "The API server does not serve this"
        case 404: "The API server has not found it"
        case 409 where isAlreadyExists: "It exists already"
        case 409: "Somebody else owns or changed it"
        case 410: "What was asked about is too long ago for the API server"
        case 429: "The API server is too busy"
        case 500 where isInvalid: "The API server finds it invalid"
        case 300..<400: "The API server answered with a redirect, which is not followed"
        case 500...: "The API server failed with status \(httpStatus)"
        default: "The API server answered with status \(httpStatus)"
        }
    }

    /// The same error in the words that all of Plumb uses.
    package var plumbError: PlumbError {
        let code: PlumbError.Code =
            switch httpStatus {
            case 401, 403: .denied
            case 404: .notFound
            case 409: .conflict
            case 408, 504: .timedOut
            case 429, 502, 503: .unreachable
            default: isInvalid ? .invalid : .failed
            }
        return PlumbError(code, description)
    }
}
