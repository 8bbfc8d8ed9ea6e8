import Manifests
import Model

enum AutoscalerHealth {
    static func health(_ object: Live) -> Health {
        // Version 1 keeps its conditions in an annotation.
        let text = object.value.annotation("autoscaling.alpha.kubernetes.io/conditions")
        var value = object.value
        if let text, let conditions = JSONText.value(text) {
            var status = object.status
            status["conditions"] = conditions
            value["status"] = status
        }
        let object = Live(value)
        for type in ["AbleToScale", "ScalingActive"] {
            guard let condition = object.condition(type), condition.status == "False" else { continue }
            // Scaled to zero by hand: switched off, not broken.
            if condition.reason == "ScalingDisabled" { return Health(.suspended, condition.why) }
            return Health(.degraded, condition.why)
        }
        return object.isTrue("AbleToScale") || object.isTrue("ScalingActive")
            ? .healthy : Health(.progressing, "Its controller has not looked at it yet.")
    }
}
