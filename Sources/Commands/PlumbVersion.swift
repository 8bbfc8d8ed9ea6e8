/// The version of this build; it is also in the user agent of every request.
package enum PlumbVersion {
    package static let text = "0.1.0"
}
