package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.amplification.Account;
import org.jspecify.annotations.Nullable;

/**
 * Whom a response goes to.
 *
 * @param account null when the address was proven when the request came
 */
record Addressee(Peer peer, Bytes token, @Nullable Account account) {
  /** Who is charged for octets sent now; null when nobody is. */
  @Nullable Account charged(EngineCore core, long nowNanos) {
    return account == null || core.ledger.isProven(peer, nowNanos) ? null : account;
  }
}
