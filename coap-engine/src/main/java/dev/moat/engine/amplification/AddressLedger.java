package dev.moat.engine.amplification;

import dev.moat.coap.service.Peer;
import dev.moat.engine.table.PeerEntry;
import dev.moat.engine.table.PeerTable;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of unproven addresses, and the addresses that are proven: two bounded tables. Owned by
 * one event loop.
 *
 * <p>When the accounts are full the one used longest ago is closed. Who wants the first answer's
 * allowance again for a victim must make that happen by as many datagrams as there are accounts,
 * which is far more than he gains.
 */
public final class AddressLedger {
  private final int factor;
  private final int firstAnswerOctets;
  private final long provenNanos;
  private final int capacity;
  private final PeerTable<Account> accounts;
  private final PeerTable<Proof> proofs;

  /**
   * An empty ledger of at most {@code capacity} accounts and as many proofs.
   *
   * @param factor octets out for each octet in
   * @param firstAnswerOctets what the first datagram out may take at least
   * @param provenNanos how long a proof, or an unused account, is kept
   * @param seed keys the hash and must be unpredictable
   */
  public AddressLedger(
      int factor, int firstAnswerOctets, long provenNanos, int capacity, long seed) {
    this.factor = factor;
    this.firstAnswerOctets = firstAnswerOctets;
    this.provenNanos = provenNanos;
    this.capacity = capacity;
    this.accounts = new PeerTable<>(seed);
    this.proofs = new PeerTable<>(seed);
  }

  /**
   * True when this address and port has proved that it receives what is sent to it, not long ago.
   */
  public boolean isProven(Peer peer, long nowNanos) {
    Proof proof = proofs.find(peer);
    return proof != null && proof.untilNanos - nowNanos > 0;
  }

  /** Notes that an address and port has proved reachability. */
  public void prove(Peer peer, long nowNanos) {
    Proof proof = proofs.find(peer);
    if (proof == null) {
      if (proofs.size() >= capacity) {
        remove(proofs, proofs.oldest());
      }
      proof = new Proof(peer);
      proofs.add(proof);
    }
    proof.untilNanos = nowNanos + provenNanos;
    proofs.touch(proof);
  }

  /** Notes a datagram from an unproven address. */
  public Account received(Peer peer, int octets, long nowNanos) {
    Peer address = new Peer(peer.high(), peer.low(), 0, peer.scopeId(), 0);
    Account account = accounts.find(address);
    if (account == null) {
      if (accounts.size() >= capacity) {
        remove(accounts, accounts.oldest());
      }
      account = new Account(address, factor, firstAnswerOctets);
      accounts.add(account);
    } else {
      accounts.touch(account);
    }
    account.received(octets, nowNanos);
    return account;
  }

  /** Forgets proofs that expired and accounts that were not used for as long. */
  public void sweep(long nowNanos) {
    for (Proof p = proofs.oldest(); p != null && p.untilNanos - nowNanos <= 0; ) {
      proofs.remove(p);
      p = proofs.oldest();
    }
    for (Account a = accounts.oldest(); a != null && nowNanos - a.lastUseNanos >= provenNanos; ) {
      accounts.remove(a);
      a = accounts.oldest();
    }
  }

  /** Addresses remembered, proven or not. */
  public int size() {
    return accounts.size() + proofs.size();
  }

  private static <E extends PeerEntry> void remove(PeerTable<E> table, @Nullable E oldest) {
    if (oldest != null) {
      table.remove(oldest);
    }
  }

  private static final class Proof extends PeerEntry {
    private long untilNanos;

    private Proof(Peer peer) {
      super(peer);
    }
  }
}
