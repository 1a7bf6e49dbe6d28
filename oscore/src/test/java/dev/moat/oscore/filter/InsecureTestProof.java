package dev.moat.oscore.filter;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;

/** Echo values that say in clear what real ones authenticate: purpose, moment and peer. */
final class InsecureTestProof implements FreshnessProof {
  private static final int FRESHNESS = 1;
  private static final int REACHABILITY = 2;

  /** Runs once, before the next judgement. */
  Runnable beforeJudging = () -> {};

  @Override
  public Bytes mint(Peer peer, long nowNanos) {
    return value(FRESHNESS, peer, nowNanos);
  }

  @Override
  public boolean isFresh(Bytes echo, Peer peer, long nowNanos, long windowNanos) {
    Runnable first = beforeJudging;
    beforeJudging = () -> {};
    first.run();
    if (echo.length() != 13) {
      return false;
    }
    long made = new ByteReader(echo.slice(1, 9)).uint(8);
    return echo.equals(value(FRESHNESS, peer, made)) && nowNanos - made <= windowNanos;
  }

  @Override
  public Bytes reachability(Peer outerPeer, long nowNanos) {
    return value(REACHABILITY, outerPeer, nowNanos);
  }

  private static Bytes value(int purpose, Peer peer, long nanos) {
    return new ByteWriter(13)
        .u8(purpose)
        .uint(nanos, 8)
        .uint(peer.hashCode() & 0xffff_ffffL, 4)
        .toBytes();
  }
}
