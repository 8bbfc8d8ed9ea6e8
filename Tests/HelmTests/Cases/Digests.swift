/// Templates that both engines render; see `DifferentialTests`.
extension Cases {
    static let digests: [String] = [
        #"{{ randAlphaNum 5 | len }} {{ derivePassword 1 "long" "password" "user" "example.com" }} {{ adler32sum "abc" }} {{sha1sum "abc"}}"#,
        #"{{ encryptAES "k" "p" | decryptAES "k" }} {{ htpasswd "a:b" "c" }}"#,
        #"{{ derivePassword 1 "long" "password" "user" "example.com" }} {{ derivePassword 2 "maximum" "p" "u" "s" }} {{ derivePassword 1 "pin" "p" "u" "s" }} {{ derivePassword 1 "nope" "p" "u" "s" }}"#,
        #"{{ bcrypt "x" | len }} {{ bcrypt "x" | trunc 7 }} {{ htpasswd "u" "p" | trunc 9 }}"#,
    ]
}
