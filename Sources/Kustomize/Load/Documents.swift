import Manifests
import Model

/// Parses YAML for a kustomization, giving errors the form that people see.
enum Documents {
    static func parse(_ bytes: [UInt8], file: String, dialect: YAML.Dialect) throws -> [YAML.Document] {
        do {
            return try YAML.parse(bytes, file: file, dialect: dialect)
        } catch {
            throw PlumbError(.invalid, error.message, at: error.origin ?? Origin(file: file))
        }
    }
}
