import Glibc

/// An IPv4 or IPv6 address and a port, as the system calls want it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private let length: socklen_t
    let family: Int32

    /// The text as an IP address; `localhost` is the IPv4 one. nil for anything else.
    static func numeric(_ text: String) -> String? {
        if text == "localhost" { return "127.0.0.1" }
        return SocketAddress(text, port: 1) == nil ? nil : text
    }

    init?(_ address: String, port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            family = AF_INET
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutableBytes(of: &storage) { to in withUnsafeBytes(of: four) { to.copyMemory(from: $0) } }
        } else if inet_pton(AF_INET6, address, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            family = AF_INET6
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            withUnsafeMutableBytes(of: &storage) { to in withUnsafeBytes(of: six) { to.copyMemory(from: $0) } }
        } else {
            return nil
        }
    }

    /// Starts connecting a socket that does not wait: 0, or the error number (`EINPROGRESS` where it goes on).
    func connect(_ socket: Int32) -> Int32 {
        let result = withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(socket, $0, length) }
        }
        return result == 0 ? 0 : errno
    }
}
