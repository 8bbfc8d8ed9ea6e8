import Glibc
import Model

/// Users and groups of this machine, by name or number.
enum Accounts {
    struct User: Sendable, Hashable {
        var name: String
        var id: UInt32
        var group: UInt32
        var home: String
    }

    /// Throws `notFound` for a user that the machine does not have.
    static func user(_ text: String) throws -> User {
        if let id = UInt32(text) {
            return lookUp { getpwuid_r(id, $0, $1, $2, $3) } ?? User(name: text, id: id, group: id, home: "/")
        }
        guard let user = lookUp({ getpwnam_r(text, $0, $1, $2, $3) }) else {
            throw PlumbError(.notFound, "There is no user \(text.quoted) on this host.", remedy: "Create it, or name another.")
        }
        return user
    }

    static func current() -> User {
        let id = geteuid()
        return lookUp { getpwuid_r(id, $0, $1, $2, $3) } ?? User(name: String(id), id: id, group: getegid(), home: "/")
    }

    static func groupID(_ text: String) throws -> UInt32 {
        if let id = UInt32(text) { return id }
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: bufferSize)
        guard getgrnam_r(text, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            throw PlumbError(.notFound, "There is no group \(text.quoted) on this host.", remedy: "Create it, or name another.")
        }
        return entry.gr_gid
    }

    /// All groups of a user, its own included.
    static func groups(of user: User) -> [UInt32] {
        var count: Int32 = 64
        var groups = [gid_t](repeating: 0, count: Int(count))
        if getgrouplist(user.name, user.group, &groups, &count) < 0, count > 0, count <= 65536 {
            groups = [gid_t](repeating: 0, count: Int(count))
            _ = getgrouplist(user.name, user.group, &groups, &count)
        }
        return Array(groups.prefix(Int(max(count, 0))))
    }

    /// For `id` alone, where no name is known: the number.
    static func name(ofUser id: UInt32) -> String {
        lookUp { getpwuid_r(id, $0, $1, $2, $3) }?.name ?? String(id)
    }

    static func name(ofGroup id: UInt32) -> String {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: bufferSize)
        guard getgrgid_r(id, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.gr_name else {
            return String(id)
        }
        return String(cString: name)
    }

    /// For one entry of the user or group database.
    private static let bufferSize = 1 << 16

    private typealias Call = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private static func lookUp(_ call: Call) -> User? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: bufferSize)
        // The entry points into the buffer: both are read before they go.
        return buffer.withUnsafeMutableBufferPointer { buffer -> User? in
            guard let base = buffer.baseAddress, call(&entry, base, buffer.count, &found) == 0, found != nil,
                let name = entry.pw_name
            else { return nil }
            let home = entry.pw_dir.map { String(cString: $0) } ?? "/"
            return User(name: String(cString: name), id: entry.pw_uid, group: entry.pw_gid, home: home)
        }
    }
}

/// `user` or `user:group`, as a manifest writes it.
struct Owner: Sendable, Hashable, Codable {
    var user: String
    var group: String?

    /// nil unless both are names that a host could have, or numbers.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let isName: (String) -> Bool = { part in
            !part.isEmpty && part.utf8.count <= 32
                && part.utf8.allSatisfy {
                    $0 == 45 || $0 == 46 || $0 == 95 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                }
        }
        guard (1...2).contains(parts.count), parts.allSatisfy(isName) else { return nil }
        user = parts[0]
        group = parts.count == 2 ? parts[1] : nil
    }

    var description: String { user + (group.map { ":\($0)" } ?? "") }

    func resolve() throws -> (user: UInt32, group: UInt32?) {
        (try Accounts.user(user).id, try group.map(Accounts.groupID))
    }
}
