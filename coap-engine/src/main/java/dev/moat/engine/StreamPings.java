package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.signal.Signal;
import dev.moat.engine.reliability.Deadline;
import java.util.List;

/** Pings of ours on connections, each answered by a Pong with its token (RFC 8323, Section 5.4). */
final class StreamPings {
  private final EngineCore core;
  private final StreamLinks links;
  private final StreamSender sender;
  private int open;

  StreamPings(EngineCore core, StreamLinks links, StreamSender sender) {
    this.core = core;
    this.links = links;
    this.sender = sender;
  }

  Ping send(Peer peer, long nowNanos) {
    Ping ping = new Ping(peer);
    StreamLink link = links.find(peer);
    if (link == null || link.pings.size() >= links.rules.limits().openExchanges()) {
      core.outputs.add(new Output.PingLost(ping));
      return ping;
    }
    Bytes token = Bytes.uint(++link.pingsSent);
    Open waiting = new Open(link, token, ping, nowNanos);
    link.pings.put(token, waiting);
    open++;
    core.deadlines.set(waiting, nowNanos + core.config.responseTimeoutNanos());
    sender.signal(link, new Signal.Ping(false), token);
    return ping;
  }

  /** Sends a Ping that nobody asked for: any octet will do as an answer. */
  void probe(StreamLink link) {
    sender.signal(link, new Signal.Ping(false), Bytes.uint(++link.pingsSent));
  }

  void onPong(StreamLink link, Bytes token, long nowNanos) {
    Open waiting = link.pings.get(token);
    if (waiting != null) {
      forget(waiting);
      core.outputs.add(new Output.Pong(waiting.ping, nowNanos - waiting.sentNanos));
    }
  }

  /** The connection is gone. */
  void onEnded(StreamLink link) {
    List.copyOf(link.pings.values()).forEach(this::lost);
  }

  int size() {
    return open;
  }

  private void lost(Open waiting) {
    forget(waiting);
    core.outputs.add(new Output.PingLost(waiting.ping));
  }

  private void forget(Open waiting) {
    core.deadlines.clear(waiting);
    waiting.link.pings.remove(waiting.token);
    open--;
  }

  /** A Ping that waits for its Pong. */
  final class Open extends Deadline {
    private final StreamLink link;
    private final Bytes token;
    private final Ping ping;
    private final long sentNanos;

    private Open(StreamLink link, Bytes token, Ping ping, long sentNanos) {
      this.link = link;
      this.token = token;
      this.ping = ping;
      this.sentNanos = sentNanos;
    }

    @Override
    protected void expired(long nowNanos) {
      lost(this);
    }
  }
}
