package dev.moat.endpoint.stream;

import dev.moat.endpoint.credentials.HandshakeFailure;
import io.netty.channel.ChannelPipeline;

/** What stands between the socket and the loop, by the kind of the connection. */
final class Stages {
  private final StreamLoop loop;

  Stages(StreamConfig config, StreamLoop loop) {
    this.loop = loop;
  }

  /**
   * Checks that there is what a listener of this kind needs.
   *
   * @throws IllegalArgumentException with the sentence for people
   */
  void requireServerOf(StreamKind kind) {
    if (kind != StreamKind.TCP) {
      throw new IllegalArgumentException("no listener for " + kind);
    }
  }

  /** Checks that there is what a connection of this kind needs. */
  void requireClientOf(StreamKind kind) throws HandshakeFailure {
    if (kind != StreamKind.TCP) {
      throw new HandshakeFailure("no connection by " + kind);
    }
  }

  /** Adds the stages; each passes "active" on when its handshake is done. */
  void addTo(ChannelPipeline pipeline, Link link) {
    pipeline.addLast(new LinkHandler(loop, link));
  }
}
