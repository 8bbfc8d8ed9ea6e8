import AsyncHTTPClient
import Manifests
import Model
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why an operator gave no result, in sentences.
enum OperatorFailure {
    /// From what the HTTP client threw.
    static func described(_ error: any Error, _ address: OperatorAddress, _ limit: Duration) -> any Error {
        switch error {
        case is PlumbError, is CancellationError: error
        case let error as HTTPClientError: described(error, address, limit)
        case is NIOTooManyBytesError:
            PlumbError(.limit, "The answer of the operator at \(address.url) is too large.")
        default: isRefusal(error) ? refused(address) : unreachable(address)
        }
    }

    /// From an answer that is no success.
    static func answered(_ value: Value?, status: Int, _ address: OperatorAddress) -> PlumbError {
        guard let error = value?["error"], let code = error["code"]?.string, let message = error["message"]?.string else {
            return PlumbError(
                .failed, "\(address.url) answers with status \(status), and not as an operator does.",
                remedy: "Check that the address is an operator's, and what is between here and there.")
        }
        if status == 401 {
            return PlumbError(
                .denied, "The operator at \(address.url) does not accept the token of \(address.tokenPlace).",
                remedy: address.directory == nil
                    ? "Set PLUMB_TOKEN to what is in the file token of its data directory."
                    : "Another operator listens there now? Restart the one of \(address.directory ?? "") with plumb serve.")
        }
        return PlumbError(PlumbError.Code(code), message, remedy: error["remedy"]?.string)
    }

    private static func described(_ error: HTTPClientError, _ address: OperatorAddress, _ limit: Duration) -> PlumbError {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            PlumbError(
                .timedOut, "The operator at \(address.url) did not answer within \(DurationText.print(limit)).",
                remedy: "Its log says what it is busy with; try again.")
        default: unreachable(address)
        }
    }

    private static func isRefusal(_ error: any Error) -> Bool {
        switch error {
        case let error as NIOConnectionError: error.connectionErrors.contains { isRefusal($0.error) }
        case let error as IOError: error.errnoCode == ECONNREFUSED
        default: false
        }
    }

    private static func refused(_ address: OperatorAddress) -> PlumbError {
        guard let directory = address.directory else {
            return PlumbError(.unreachable, "Nothing listens at \(address.url).", remedy: "Check PLUMB_SERVER, and that it runs.")
        }
        return PlumbError(
            .unreachable, "No operator answers at \(address.url), where the one of \(directory) listened last.",
            remedy: "It ended without notice; its log says why. Start it again with: plumb serve --data-dir \(directory)")
    }

    private static func unreachable(_ address: OperatorAddress) -> PlumbError {
        PlumbError(
            .unreachable, "The operator at \(address.url) cannot be reached, or the connection to it broke.",
            remedy: "Check the address, the network and that it runs; then try again.")
    }
}
