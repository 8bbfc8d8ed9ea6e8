import NIOCore

/// Closes a connection whose other side takes nothing of what is written to it for `limit`: a response must not keep its
/// memory and its place for ever.
///
/// Used on one event loop only, like every handler.
final class StalledWriteHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = NIOAny
    typealias OutboundOut = NIOAny

    private let limit: TimeAmount
    private var pending = 0
    private var timer: Scheduled<Void>?

    init(limit: TimeAmount) { self.limit = limit }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise()
        pending += 1
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in handler.value.progressed(bound.value) }
        if timer == nil { start(context) }
        context.write(data, promise: promise)
    }

    private func progressed(_ context: ChannelHandlerContext) {
        pending -= 1
        timer?.cancel()
        timer = nil
        if pending > 0 { start(context) }
    }

    private func start(_ context: ChannelHandlerContext) {
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
    }
}
