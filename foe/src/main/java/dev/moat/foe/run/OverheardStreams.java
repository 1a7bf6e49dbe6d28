package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.StreamProtocol;
import dev.moat.engine.stream.Connection;
import java.util.function.BiConsumer;

/** A protocol of connections that tells what it hands to its transport, for whoever judges. */
record OverheardStreams(StreamProtocol inner, BiConsumer<Peer, Bytes> told)
    implements StreamProtocol {
  @Override
  public void drainTo(Outgoing out) {
    inner.drainTo(
        new Outgoing() {
          @Override
          public void send(Peer to, Bytes octets) {
            told.accept(to, octets);
            out.send(to, octets);
          }

          @Override
          public void disconnect(Peer peer) {
            out.disconnect(peer);
          }
        });
  }

  @Override
  public void onConnected(Peer peer, Connection connection, long nowNanos) {
    inner.onConnected(peer, connection, nowNanos);
  }

  @Override
  public void onOctets(Peer from, Bytes octets, long nowNanos) {
    inner.onOctets(from, octets, nowNanos);
  }

  @Override
  public void onWritable(Peer peer, boolean writable, long nowNanos) {
    inner.onWritable(peer, writable, nowNanos);
  }

  @Override
  public void onClosed(Peer peer, long nowNanos) {
    inner.onClosed(peer, nowNanos);
  }

  @Override
  public void onTimeout(long nowNanos) {
    inner.onTimeout(nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return inner.nextTimeoutNanos();
  }

  @Override
  public void close(long nowNanos) {
    inner.close(nowNanos);
  }
}
