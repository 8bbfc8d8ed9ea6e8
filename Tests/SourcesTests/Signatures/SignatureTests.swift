import Model
import Sources
import TestSupport
import Testing

/// Signatures of the real programs, in place and in a copy.
@Suite struct SignatureTests {
    private static func read(_ scratch: Scratch, _ keys: [SigningKey], _ reference: GitReference = .head) async throws {
        for url in [scratch.repository.path, "file://\(scratch.repository.path)"] {
            try await scratch.source(url, trusting: keys) { source in
                _ = try await source.snapshot(at: try await source.resolve(reference)).tree.text("a")
            }
        }
    }

    private static func refusal(_ scratch: Scratch, _ keys: [SigningKey], _ reference: GitReference = .head) async -> String {
        let errors = await [scratch.repository.path, "file://\(scratch.repository.path)"].asyncMap { url in
            await failure {
                try await scratch.source(url, trusting: keys) { source in
                    _ = try await source.snapshot(at: try await source.resolve(reference))
                }
            }
        }
        #expect(errors.allSatisfy { $0?.code == .signatureNotTrusted }, "\(errors)")
        return errors.map { $0?.message ?? "" }.joined(separator: "\n")
    }

    @Test(arguments: ["ed25519", "rsa", "ecdsa"]) func acceptsAnSSHKey(type: String) async throws {
        try await Scratch.with { scratch in
            try await Signer.with(scratch) { signer in
                let (key, other) = (try await signer.makeSSHKey("one", type: type), try await signer.makeSSHKey("other"))
                try await signer.signWithSSH("one")
                try await scratch.repository.commit(["a": "1"])
                try await Self.read(scratch, [other, key])
                #expect(await Self.refusal(scratch, [other]).contains("which is not among verify.keys"))
            }
        }
    }

    @Test func acceptsAnOpenPGPKey() async throws {
        try await Scratch.with { scratch in
            try await Signer.with(scratch) { signer in
                let key = try await signer.makeOpenPGPKey("one")
                let other = try await signer.makeOpenPGPKey("other")
                let ssh = try await signer.makeSSHKey("ssh")
                try await signer.signWithOpenPGP("one")
                try await scratch.repository.commit(["a": "1"])
                try await Self.read(scratch, [ssh, other, key])
                #expect(await Self.refusal(scratch, [other]).contains("which is not among verify.keys"))
                #expect(await Self.refusal(scratch, [ssh]).contains("by an OpenPGP key, and verify.keys has only SSH keys"))
                try await signer.signWithSSH("ssh")
                try await scratch.repository.commit(["a": "2"])
                #expect(await Self.refusal(scratch, [key]).contains("by an SSH key, and verify.keys has only OpenPGP keys"))
            }
        }
    }

    @Test func saysWhatIsWrongWithAKey() async throws {
        try await Scratch.with { scratch in
            try await Signer.with(scratch) { signer in
                let brief = try await signer.makeOpenPGPKey("brief", validity: "2d")
                try await signer.signWithOpenPGP("brief", at: "20200101T120000")
                try await scratch.repository.commit(["a": "1"])
                #expect(await Self.refusal(scratch, [brief]).contains("which has expired"))
                _ = try await signer.makeOpenPGPKey("lost")
                try await signer.signWithOpenPGP("lost")
                try await scratch.repository.commit(["a": "2"])
                try await signer.revoke("lost")
                #expect(await Self.refusal(scratch, [try await signer.publicKey("lost")]).contains("which was revoked"))
                try await signer.stopSigning()
                try await scratch.repository.commit(["a": "3"])
                #expect(await Self.refusal(scratch, [brief]).contains("is not signed"))
            }
        }
    }

    @Test(arguments: [true, false]) func noticesAForgery(ssh: Bool) async throws {
        try await Scratch.with { scratch in
            try await Signer.with(scratch) { signer in
                let key = try await ssh ? signer.makeSSHKey("one") : signer.makeOpenPGPKey("one")
                try await ssh ? signer.signWithSSH("one") : signer.signWithOpenPGP("one")
                try await scratch.repository.commit(["a": "1"])
                try await signer.forge()
                #expect(await Self.refusal(scratch, [key]).contains("does not fit its content"))
            }
        }
    }

    @Test(arguments: [true, false]) func aTagsOwnSignatureCounts(ssh: Bool) async throws {
        try await Scratch.with { scratch in
            let repository = scratch.repository
            try await Signer.with(scratch) { signer in
                let key = try await ssh ? signer.makeSSHKey("one") : signer.makeOpenPGPKey("one")
                let other = try await signer.makeSSHKey("other")
                try await repository.commit(["a": "1"])
                try await ssh ? signer.signWithSSH("one") : signer.signWithOpenPGP("one")
                try await repository.tag("v1.0.0", message: "one")
                for reference in [GitReference.tag("v1.0.0"), .semver(try VersionRange("1.x"))] {
                    try await Self.read(scratch, [key], reference)
                }
                let refused = await Self.refusal(scratch, [other], .tag("v1.0.0"))
                #expect(refused.contains("The tag \"v1.0.0\" of") && refused.contains("verify.keys"), "\(refused)")
                #expect(await Self.refusal(scratch, [key], .branch("main")).contains("is not signed"))

                // The same tag under a name that says more than was signed.
                try await repository.git("push", "-q", "origin", "refs/tags/v1.0.0:refs/tags/v1.9.0")
                #expect(
                    await Self.refusal(scratch, [key], .semver(try VersionRange("1.x"))).contains(
                        "was signed as another one, \"v1.0.0\""))

                // Without a signature of its own, its commit's counts.
                let signed = try await repository.commit(["a": "2"])
                try await signer.stopSigning()
                try await repository.tag("v2.0.0", at: signed, message: "two")
                try await repository.tag("v2.0.1", at: signed)
                for tag in ["v2.0.0", "v2.0.1"] { try await Self.read(scratch, [key], .tag(tag)) }
            }
        }
    }

    @Test func verifiesWhatIsFollowed() async throws {
        try await Scratch.with { scratch in
            try await Signer.with(scratch) { signer in
                let key = try await signer.makeSSHKey("one")
                try await signer.signWithSSH("one")
                try await scratch.repository.commit(["a": "signed"])
                try await GitHTTPServer.with(serving: scratch.directory) { server in
                    try await scratch.follower(server.url(of: scratch.repository), trusting: [key]) { follower async throws in
                        let good = try await follower.revision(of: .branch("main"))
                        #expect(try await follower.snapshot(at: good).tree.text("a") == "signed")
                        try await signer.stopSigning()
                        try await scratch.repository.commit(["a": "unsigned"])
                        #expect(await follower.look().look.error == nil)
                        let bad = try await follower.revision(of: .branch("main"))
                        #expect(await failure { _ = try await follower.snapshot(at: bad) }?.code == .signatureNotTrusted)
                        let requests = server.requests.count
                        #expect(await failure { _ = try await follower.snapshot(at: bad) }?.code == .signatureNotTrusted)
                        #expect(server.requests.count == requests, "a commit that is refused is not fetched again")
                        #expect(try await follower.snapshot(at: good).tree.text("a") == "signed")
                    }
                }
            }
        }
    }

    @Test func saysThatAKeyCannotBeRead() async throws {
        try await Scratch.with { scratch in
            try await Signer.with(scratch) { signer in
                _ = try await signer.makeOpenPGPKey("one")
                try await signer.signWithOpenPGP("one")
                try await scratch.repository.commit(["a": "1"])
                let broken = SigningKey.openPGP(
                    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEaaaa\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n")
                let error = await failure { try await Self.read(scratch, [broken]) }
                #expect(error?.code == .invalid)
                #expect(error?.message.contains("verify.keys cannot be read") == true)
            }
        }
    }

    @Test func saysThatThereIsNoGnuPG() async throws {
        try await Scratch.with { scratch in
            try await Signer.with(scratch) { signer in
                let key = try await signer.makeOpenPGPKey("one")
                try await scratch.repository.commit(["a": "1"])
                // A machine with Git and nothing else.
                let programs = "\(scratch.directory)/bin"
                try await ProcessRunner.check("sh", ["-c", "mkdir \(programs) && ln -s \"$(command -v git)\" \(programs)/git"])
                let source = try GitSource(
                    url: try GitURL(scratch.repository.path), trusting: [key], store: "\(scratch.directory)/store",
                    environment: ["PATH": programs])
                let error = await failure { _ = try await source.snapshot(at: try await source.resolve()) }
                await source.close()
                #expect(error?.message == "An OpenPGP key in verify.keys needs the program gpg, which is not there.")
            }
        }
    }
}

extension [String] {
    fileprivate func asyncMap<Result>(_ body: (String) async -> Result) async -> [Result] {
        var results: [Result] = []
        for element in self { results.append(await body(element)) }
        return results
    }
}
