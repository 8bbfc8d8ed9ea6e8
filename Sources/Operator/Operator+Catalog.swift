import Engine
import Logging
import Manifests
import Model
import PlumbTarget
import Sources
import Store

/// The root application: what the repository declares becomes what the operator looks after.
extension Operator {
    /// Applies the operator's own objects to its own store. One mistyped Application must not stop the others, so each is
    /// checked when it is written.
    var rootApplication: Application {
        var application = Application(name: RootState.name)
        application.source = Application.Source(path: root.path ?? RootState.defaultPath)
        application.target = Application.TargetReference(name: PlumbNames.target)
        application.sync.preflight = .never
        application.sync.adopt = .allow
        return application
    }

    /// What the repository is: declared Applications, or one application itself. Recorded at the first start; a flip is a hold.
    ///
    /// Returns whether `root` may be reconciled.
    func recogniseRoot(_ revision: Revision) async -> Bool {
        do {
            let snapshot = try await snapshot(for: RootState.name, at: revision)
            let found = try await RootDetection.mode(of: snapshot.tree, path: root.path)
            root.failures = 0
            guard let mode = root.mode else {
                try await store.remember(fact: found.rawValue, as: "root.mode")
                root.mode = found
                await declareRoot(revision)
                return true
            }
            if mode != found {
                root.flip = RootDetection.flip(from: mode, to: found, path: root.path)
                root.error = root.flip
                await holdRoot()
                return false
            }
            // Back at a revision that was seen before, nothing else would have it looked at.
            if root.flip != nil { enqueue(rootRecordName, .settings, .revision) }
            (root.error, root.flip) = (nil, nil)
            await declareRoot(revision)
            return true
        } catch {
            await rootFailed("\(error)")
            return false
        }
    }

    /// The repository answers, and what it is cannot be told: looked at again by itself, for its follower has no more news.
    func rootFailed(_ message: String) async {
        root.error = message
        root.failures += 1
        await failed(rootRecordName, message)
        queue.add(
            WorkQueue.Work(name: RootState.recognition, cause: .retry, priority: .revision),
            notBefore: .now + RetrySchedule.delay(afterFailures: root.failures, SyncPolicy.Retry()))
        wake.raise()
    }

    /// The record that stands for the repository as a whole.
    var rootRecordName: String { root.mode == .single ? singleName : RootState.name }

    var singleName: String { RootDetection.name(of: root.key.url, path: root.path) }

    private func declareRoot(_ revision: Revision) async {
        switch root.mode {
        case .single?:
            guard records[singleName]?.declared == nil else { break }
            var application = Application(name: singleName)
            application.source.path = root.path ?? "."
            await declare(application, generation: 1)
            await sawCatalog()
        case .objects?:
            if records[RootState.name]?.declared == nil {
                var record = records[RootState.name] ?? Record(name: RootState.name, declared: nil, target: PlumbNames.target)
                record.declare(rootApplication, generation: 1, target: PlumbNames.target)
                records[RootState.name] = record
            }
        case nil: break
        }
    }

    private func holdRoot() async {
        guard let flip = root.flip, var record = records[rootRecordName] else { return }
        let hold = Hold(reason: .target, message: flip, since: WallClock.text)
        let effects = record.machine.step(
            .ended(
                .postponed(record.view.renderedDigest ?? Digest(bytes: []), hold: hold), health: record.view.health,
                time: WallClock.text, now: .now))
        records[record.name] = record
        await perform(effects, record.name)
    }

    /// `root` was reconciled: what the store declares now is looked after, at this revision.
    func appliedRoot(_ result: JobResult) async {
        switch result.outcome {
        case .unreadable, .superseded: return
        case .settled, .applied, .failed, .postponed, .unconcerned: break
        }
        let before = root.revision
        if let revision = result.rendered?.revision { root.revision = revision }
        do {
            try await readCatalog()
        } catch {
            logger.error("The operator's own objects cannot be read.", metadata: ["error": "\(error)"])
            return
        }
        await sawCatalog()
        guard before != root.revision else { return }
        for record in records.values where record.declared?.source.isRelative ?? false && record.name != RootState.name {
            await newRevision(for: record.name)
        }
    }

    private func sawCatalog() async {
        guard !root.hasLooked else { return }
        root.hasLooked = true
        await findOrphans()
    }

    func readCatalog() async throws {
        var declared: Set<String> = [RootState.name]
        let objects = try await catalog.objects()
        let former = repositories
        let places = records.mapValues { $0.declared == nil ? nil : $0.target }
        declaredNames = Set(objects.filter { $0.key.kind == "Application" }.map(\.key.name))
        repositories = [:]
        for object in objects where object.key.kind == "Repository" {
            // It was checked when it was written; who names it is told where it cannot be read now.
            repositories[object.key.name] = try? RepositoryReader.repository(from: object.manifest)
        }
        for object in objects where object.key.kind == "Application" {
            do {
                let application = try ApplicationReader.application(from: object.manifest)
                declared.insert(application.name)
                await declare(application, generation: object.generation)
            } catch {
                // It was checked when it was written; a newer version may read it more strictly.
                declared.insert(object.key.name)
                await failed(object.key.name, "\(error)")
            }
        }
        for record in records.values where record.declared != nil && !record.isLeaving && !declared.contains(record.name) {
            await undeclare(record.name)
        }
        await follow(changesSince: former)
        // What one has left where it was is listed there.
        if records.values.contains(where: { record in places[record.name].flatMap(\.self).map { $0 != record.target } ?? false }) {
            await findOrphans()
        }
    }

    /// Who names a Repository that has become another is rendered from that.
    private func follow(changesSince former: [String: Repository]) async {
        for record in records.values {
            guard let source = record.declared?.source, case .repository(let name, _) = source.place,
                former[name] != repositories[name]
            else { continue }
            records[record.name]?.rendered = nil
            await sources.keep(Set([try? repository(of: source)?.key].compactMap(\.self)), of: record.name)
            enqueue(record.name, .settings, .revision)
        }
    }

    private func declare(_ application: Application, generation: Int64) async {
        var record = records[application.name] ?? Record(name: application.name, declared: nil, target: "")
        let (former, formerTarget) = (record.declared, record.target)
        guard former != application || record.isLeaving else { return }
        if record.isLeaving { record.supersession?.supersede("it is declared again") }
        do {
            record.declare(application, generation: generation, target: try targetName(of: application))
            record.rendered = nil
            record.defect = nil
        } catch {
            record.declare(application, generation: generation, target: record.target)
            record.defect = "\(error)"
        }
        if record.target != formerTarget {
            // Nobody is asked about them on the old target any more; what is there stays, and is nobody's to change by itself.
            record.supersession?.supersede("it moved to \(record.target)")
            for key in record.keys { interested[formerTarget]?[key]?.remove(record.name) }
            inputs.forget(record.name)
            (record.keys, record.view, record.lastApplied) = ([], ApplicationView(), [:])
        }
        // Written back before anything is waited for: a reconcile that ends meanwhile has the last word on its own part.
        records[application.name] = record
        dependencies.set(application.name, dependsOn: application.dependsOn)
        if former == nil { await tell(.applicationAdded, record.name, "\(record.name) is declared") }
        if let defect = record.defect { return await failed(record.name, defect) }
        if let former, (try? repository(of: former.source)?.key) != (try? repository(of: application.source)?.key) {
            await sources.keep(Set([try? repository(of: application.source)?.key].compactMap(\.self)), of: record.name)
        }
        enqueue(application.name, former == nil ? .start : .settings, .revision)
    }

    private func tell(_ kind: Event.Kind, _ name: String, _ message: String) async {
        await write([.record(Event(time: WallClock.text, application: name, kind: kind, message: message))])
    }

    private func undeclare(_ name: String) async {
        guard var record = records[name] else { return }
        // What moves over to a successor does not go, whatever was said before.
        let isSucceeded = records.values.contains { $0.declared?.renamedFrom == name }
        record.isLeaving = !isSucceeded && record.declared?.sync.onRemoval == .delete
        records[name] = record
        queue.remove(name)
        record.supersession?.supersede("the application was removed")
        await tell(
            .applicationRemoved, name,
            "\(name) is not declared any more; its objects are \(record.isLeaving ? "deleted" : "kept")")
        if record.isLeaving { return enqueue(name, .removal, .revision) }
        await forget(name)
        await findOrphans()
        // A successor may have looked while the name was still taken.
        for successor in records.values where successor.declared?.renamedFrom == name {
            enqueue(successor.name, .settings, .revision)
        }
    }

    /// Nothing is known of it any more; what it has on a target is found again as an orphan.
    func forget(_ name: String) async {
        guard let record = records.removeValue(forKey: name) else { return }
        dependencies.set(name, dependsOn: [])
        inputs.forget(name)
        for key in record.keys { interested[record.target]?[key]?.remove(name) }
        await sources.keep([], of: name)
        do { try await store.removeState(of: name) } catch {
            logger.error(
                "The state of a removed application stays in the store.", metadata: ["application": "\(name)", "error": "\(error)"])
        }
    }

    private func targetName(of application: Application) throws -> String {
        let known = targets.keys.filter { $0 != PlumbNames.target }.sorted()
        if let name = application.target.name {
            guard known.contains(name) else {
                throw PlumbError(
                    .notFound,
                    "The application \(application.name) asks for the target \(name.quoted), and this operator has \(known.isEmpty ? "none" : known.joined(separator: " and ")).",
                    remedy: "Start it with --root DIR for the host target, with --kubeconfig FILE for a cluster.")
            }
            return name
        }
        guard known.count == 1 else {
            throw PlumbError(
                .invalid,
                "The application \(application.name) names no target, and this operator has \(known.isEmpty ? "none" : known.joined(separator: " and ")).",
                remedy: "Say which with spec.target.name.")
        }
        return known[0]
    }
}
