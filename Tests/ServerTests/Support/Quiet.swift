import Logging

let quietLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
