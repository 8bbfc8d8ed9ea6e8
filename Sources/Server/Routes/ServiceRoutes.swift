import HTTPTypes
import Manifests
import Operator

/// About the operator itself: for probes, for Prometheus, and for generators of clients.
enum ServiceRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/healthz", id: "health", summary: "Whether the process answers.", needsToken: false,
            reply: .string,
            isText: true
        ) { _ in .text("ok\n", contentType: "text/plain; charset=utf-8") },
        Route(
            method: .get, path: "/readyz", id: "readiness",
            summary: "Whether everything was looked at once, and commands find the operator: 200, else 503.", needsToken: false,
            reply: .string, isText: true
        ) { call in
            let isReady = await call.interface.isReady && call.services.announcement.hasBeenMade
            return .text(
                isReady ? "ok\n" : "starting\n", contentType: "text/plain; charset=utf-8", isReady ? nil : .serviceUnavailable)
        },
        Route(
            method: .get, path: "/metrics", id: "metrics", summary: "Prometheus text format 0.0.4.", needsToken: false,
            reply: .string,
            isText: true
        ) { call in
            .text(await Exposition.text(of: call.services.metrics), contentType: "text/plain; version=0.0.4; charset=utf-8")
        },
        Route(
            method: .get, path: "/api/v1/openapi.json", id: "openapi", summary: "This document.", reply: .map(.map(.string))
        ) { call in .json(OpenAPI.document(of: .all, version: call.services.version)) },
    ]
}
