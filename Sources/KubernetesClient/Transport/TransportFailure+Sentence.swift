import Model

extension TransportFailure {
    /// The sentence for the person who has to act.
    ///
    /// - Parameters:
    ///   - server: With the context, where there is one: `The API server https://… of context "x"`.
    ///   - request: What was asked.
    func plumbError(server: String, request: String) -> PlumbError {
        switch self {
        case .refused:
            PlumbError(
                .unreachable, "\(server) does not answer: connection refused (\(request)).",
                remedy: "Check that it is running and that the address is right.")
        case .unresolvable(let host):
            PlumbError(
                .unreachable, "\(server) cannot be found: the name \(host.quoted) does not resolve (\(request)).",
                remedy: "Check the address of the cluster and this machine's name resolution.")
        case .unroutable(let why):
            PlumbError(
                .unreachable, "\(server) does not answer: \(why) (\(request)).", remedy: "Check the network on the way to it.")
        case .connectTimedOut:
            PlumbError(
                .unreachable, "\(server) does not answer: no connection came about in time (\(request)).",
                remedy: "Check the address and the firewalls on the way to it.")
        case .untrusted(let why):
            PlumbError(
                .denied, "\(server) is not trusted: \(why) (\(request)).",
                remedy: "Check certificate-authority and tls-server-name of the cluster; nothing was sent to the server.")
        case .handshake(let why):
            PlumbError(.unreachable, "There is no TLS connection to \(Self.lowercasedStart(server)): \(why) (\(request)).")
        case .broken(let why):
            PlumbError(.unreachable, "\(server) broke off: \(why) (\(request)).")
        case .silent:
            PlumbError(.timedOut, "\(server) accepted the connection and then was silent for too long (\(request)).")
        case .tooSlow(let limit):
            PlumbError(.timedOut, "\(server) had not finished its answer after \(limit) (\(request)).")
        case .tooLarge(let limit):
            PlumbError(.limit, "The answer of \(Self.lowercasedStart(server)) is larger than \(limit) bytes (\(request)).")
        case .shutDown:
            PlumbError(.failed, "The connection to \(Self.lowercasedStart(server)) has been shut down (\(request)).")
        case .other(let why):
            PlumbError(.failed, "The request to \(Self.lowercasedStart(server)) failed: \(why) (\(request)).")
        }
    }

    private static func lowercasedStart(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
