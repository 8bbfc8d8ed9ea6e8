import Glibc

/// Ports on the loopback address for programs that want to be told one.
package enum FreePort {
    /// A port that nobody listens on now. Chosen below the range from which the kernel takes the ports of outgoing
    /// connections, so that only another listener can take it before its user does: whoever starts a server with it tries
    /// again with another one when that happens.
    ///
    /// With `count`, that many that follow each other, of which this is the first.
    package static func next(consecutive count: Int = 1) throws -> Int {
        for _ in 0..<200 {
            let port = Int.random(in: 12_000..<32_000)
            if (port..<port + count).allSatisfy(canListen) { return port }
        }
        throw TestSupportError("no free port was found on 127.0.0.1")
    }

    private static func canListen(on port: Int) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
