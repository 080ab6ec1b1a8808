internal import LakeScript

/// One transport for the servers of a run, so that the loop waits in one place for all of them. Each server has a port
/// of its own: what is sent by it is answered by it.
package final class TransportHub {
    fileprivate let transport: any Transport
    /// Who waits for an exchange, and what it is called there.
    private var owners: [EffectID: (port: TransportPort, id: EffectID)] = [:]
    private var lastExchange: UInt64 = 0

    package init(_ transport: any Transport) {
        self.transport = transport
    }

    /// A transport for one more server.
    package func port() -> any Transport { TransportPort(self) }

    fileprivate func send(
        _ request: HTTPRequest, of port: TransportPort, id: EffectID, options: TransportOptions, now: Instant
    ) {
        lastExchange += 1
        owners[EffectID(lastExchange)] = (port, id)
        transport.send(request, id: EffectID(lastExchange), options: options, now: now)
    }

    fileprivate func cancel(_ id: EffectID, of port: TransportPort, now: Instant) {
        guard let exchange = owners.first(where: { $0.value.port === port && $0.value.id == id }) else { return }
        transport.cancel(exchange.key, now: now)
    }

    /// Lets the transport go on, and hands what comes to the ports that it is for.
    fileprivate func tick(now: Instant, ready: [Descriptor]) {
        for event in transport.tick(now: now, ready: ready) {
            switch event {
            case .response(let exchange, let response):
                owners.removeValue(forKey: exchange).map { $0.port.inbox.append(.response($0.id, response)) }
            case .failure(let exchange, let failure):
                owners.removeValue(forKey: exchange).map { $0.port.inbox.append(.failure($0.id, failure)) }
            case .progress(let exchange, let done, let total):
                owners[exchange].map { $0.port.inbox.append(.progress($0.id, done: done, total: total)) }
            }
        }
    }
}

/// A server's part of the transport that it shares with others.
fileprivate final class TransportPort: Transport {
    private let hub: TransportHub
    /// What has come and was not fetched.
    var inbox: [TransportEvent] = []

    init(_ hub: TransportHub) {
        self.hub = hub
    }

    var carriesFiles: Bool { hub.transport.carriesFiles }
    var ownOrigin: String? { hub.transport.ownOrigin }

    func send(_ request: HTTPRequest, id: EffectID, options: TransportOptions, now: Instant) {
        hub.send(request, of: self, id: id, options: options, now: now)
    }

    func cancel(_ id: EffectID, now: Instant) { hub.cancel(id, of: self, now: now) }

    func waits() -> Waits {
        inbox.isEmpty ? hub.transport.waits() : Waits(deadline: Instant(milliseconds: 0, epochSeconds: 0))
    }

    func tick(now: Instant, ready: [Descriptor]) -> [TransportEvent] {
        hub.tick(now: now, ready: ready)
        defer { inbox = [] }
        return inbox
    }
}
