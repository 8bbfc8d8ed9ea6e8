import KubernetesClient
import Model
import Synchronization

extension ClusterView {
    enum PodAnswer {
        case reason(String?)
        /// The view does not follow Pods, and cannot now.
        case unknown
    }

    /// What holds a workload up; has the Pods followed from now on, as long as anybody asks.
    func podReason(of key: ResourceKey, _ selector: PodSelector) async throws -> PodAnswer {
        let latch: Latch? = state.withLock { state in
            guard let session = state.session else { return nil }
            switch state.pods.phase {
            case .refused: return nil
            case .following(let latch): return latch
            case .idle:
                let latch = Latch()
                state.pods = PodBoard()
                state.pods.phase = .following(latch)
                state.requested.append(.pods)
                session.requests.wake()
                return latch
            }
        }
        guard let latch else { return isWatching ? .reason(nil) : .unknown }
        guard try await latch.wait(atMost: .seconds(10)) else { return .reason(nil) }
        return state.withLock { state in
            guard state.pods.isInSync else { return .reason(nil) }
            return .reason(state.pods.reason(of: key, selector))
        }
    }

    /// The workload is well: its Pods are of no interest.
    func forgetPods(of key: ResourceKey) { state.withLock { $0.pods.forget(key) } }

    func tell(pods event: WatchEvent<PodState>) {
        let latch: Latch? = state.withLock { state in
            let keys = state.pods.tell(event)
            state.tell(keys)
            guard case .following(let latch) = state.pods.phase, state.pods.pods.isListed else { return nil }
            return latch
        }
        latch?.open()
    }

    var arePodsIdle: Bool { state.withLock { $0.pods.isIdle } }

    func endPods(_ phase: PodBoard.Phase) {
        let latch: Latch? = state.withLock { state in
            defer {
                state.pods = PodBoard()
                state.pods.phase = phase
            }
            guard case .following(let latch) = state.pods.phase else { return nil }
            return latch
        }
        latch?.open()
    }
}
