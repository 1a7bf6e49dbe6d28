package dev.moat.endpoint.dtls;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** An endpoint without CoAP, to see what passes DTLS and what does not. */
final class RawSide implements AutoCloseable {
  final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  final RawProtocol protocol;
  final DtlsEndpoint endpoint;

  RawSide(DtlsConfig config, boolean echo) {
    protocol = new RawProtocol(echo);
    endpoint = DtlsEndpoint.start(config, gate -> protocol, events::add);
  }

  static RawSide server() {
    return new RawSide(Side.config(Keys.server()).serverRole(), false);
  }

  static RawSide client() {
    return new RawSide(Side.config(Keys.client()).clientRole(), false);
  }

  Peer connect(InetSocketAddress to) {
    return endpoint.connect(to, "127.0.0.1").orTimeout(25, TimeUnit.SECONDS).join();
  }

  void send(Peer to, String text) {
    endpoint.loop().execute(now -> protocol.send(to, text));
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
