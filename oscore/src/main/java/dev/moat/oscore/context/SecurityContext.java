package dev.moat.oscore.context;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import java.util.Optional;

/**
 * A security context (RFC 8613, Section 3.1): keys that only protectors reach, and the three cells
 * that change. Serves both roles: an endpoint sends requests and responses with one and the same
 * Sender Key.
 *
 * <p>May be shared among threads. Compared by identity. {@link #close()} erases the keys; a message
 * that needs them then fails as if there were no context.
 */
public final class SecurityContext implements AutoCloseable {
  private final ContextParametersView view;
  private final DerivedKeys keys;
  private final NonceBase senderNonces;
  private final NonceBase recipientNonces;
  private final ContextFingerprint fingerprint;
  private final long association;
  private final SenderSequence senderSequence;
  private final ReplayCell replay;
  private final KeyUsage usage;
  private volatile boolean closed;

  private SecurityContext(
      ContextParameters parameters,
      KeySchedule schedule,
      SenderSequence senderSequence,
      Provenance provenance) {
    this.view = new ContextParametersView(parameters);
    this.keys = schedule.keys();
    this.senderNonces = new NonceBase(keys.commonIv(), parameters.senderId());
    this.recipientNonces = new NonceBase(keys.commonIv(), parameters.recipientId());
    this.fingerprint = schedule.fingerprint();
    this.association = schedule.association();
    this.senderSequence = senderSequence;
    boolean fresh = provenance == Provenance.FRESH;
    int window = parameters.replayWindow();
    this.replay = fresh ? ReplayCell.trusted(window) : ReplayCell.untrusted(window);
    this.usage =
        fresh
            ? new KeyUsage(parameters.keyUsageLimits())
            : new KeyUsage(parameters.keyUsageLimits(), this::sealsBefore);
  }

  /**
   * Derives a context. The parameters stay the caller's, and may be closed afterwards.
   *
   * @param reservations where sequence numbers come from; taken when first needed
   * @param provenance whether the replay window may be trusted
   */
  public static SecurityContext derive(
      ContextParameters parameters,
      Crypto crypto,
      SequenceReservations reservations,
      Provenance provenance) {
    return derive(parameters, crypto, new SenderSequence(reservations), provenance);
  }

  /** Derives a context with a sequence made by the caller, say for another size of blocks. */
  public static SecurityContext derive(
      ContextParameters parameters,
      Crypto crypto,
      SenderSequence senderSequence,
      Provenance provenance) {
    try (KeySchedule schedule = new KeySchedule(parameters, crypto)) {
      return new SecurityContext(parameters, schedule, senderSequence, provenance);
    }
  }

  /**
   * At most one seal for each sequence number, and one for each of the peer's requests
   * (draft-ietf-core-oscore-key-limits, Appendix B).
   */
  private long sealsBefore() {
    return senderSequence.usedBefore() + replay.lost();
  }

  /** The Sender ID, perhaps empty. */
  public Bytes senderId() {
    return view.senderId;
  }

  /** The Recipient ID, perhaps empty. */
  public Bytes recipientId() {
    return view.recipientId;
  }

  /** The ID Context. */
  public Optional<Bytes> idContext() {
    return view.idContext;
  }

  /** The AEAD algorithm. */
  public AeadAlgorithm aead() {
    return view.aead;
  }

  /** The hash of HKDF. */
  public HashAlgorithm hkdf() {
    return view.hkdf;
  }

  /** The public name of this context: no secret, the same after a restart. */
  public ContextFingerprint fingerprint() {
    return fingerprint;
  }

  /** This context's number among the associations of peers: never 0, the same after a restart. */
  public long association() {
    return association;
  }

  /** Gives sequence numbers. */
  public SenderSequence senderSequence() {
    return senderSequence;
  }

  /** The replay window. */
  public ReplayCell replay() {
    return replay;
  }

  /** Counts what the keys do. */
  public KeyUsage usage() {
    return usage;
  }

  /** Makes the nonces of what this endpoint sends. */
  public NonceBase senderNonces() {
    return senderNonces;
  }

  /** Makes the nonces of what the peer sends. */
  public NonceBase recipientNonces() {
    return recipientNonces;
  }

  /**
   * A cipher under the Sender Key, for the calling thread, which closes it.
   *
   * @throws OscoreException CONTEXT_NOT_FOUND after {@link #close()}
   */
  public Aead senderCipher(Crypto crypto) throws OscoreException {
    return cipher(crypto, keys.senderKey());
  }

  /**
   * A cipher under the Recipient Key, for the calling thread, which closes it.
   *
   * @throws OscoreException CONTEXT_NOT_FOUND after {@link #close()}
   */
  public Aead recipientCipher(Crypto crypto) throws OscoreException {
    return cipher(crypto, keys.recipientKey());
  }

  private Aead cipher(Crypto crypto, SecretBytes key) throws OscoreException {
    requireOpen();
    try {
      return crypto.aead(view.aead, key);
    } catch (IllegalStateException erased) {
      // Another thread may have closed this context in between.
      requireOpen();
      throw erased;
    }
  }

  /**
   * Asks before a cipher kept from earlier is used.
   *
   * @throws OscoreException CONTEXT_NOT_FOUND after {@link #close()}
   */
  public void requireOpen() throws OscoreException {
    if (closed) {
      throw new OscoreException(Reason.CONTEXT_NOT_FOUND);
    }
  }

  /** True after {@link #close()}. */
  public boolean isClosed() {
    return closed;
  }

  /** Erases the keys; a second call does nothing. */
  @Override
  public void close() {
    closed = true;
    keys.close();
  }

  /** The IDs and algorithms, no secret. */
  @Override
  public String toString() {
    return view.text;
  }

  /** What a context history means for its replay window. */
  public enum Provenance {
    /** The keys were never used before: the window is trusted from 0 on. */
    FRESH,
    /** The keys were used before: nothing is accepted before Echo (RFC 8613, Appendix B.1.2). */
    RESTORED
  }

  private static final class ContextParametersView {
    private final Bytes senderId;
    private final Bytes recipientId;
    private final Optional<Bytes> idContext;
    private final AeadAlgorithm aead;
    private final HashAlgorithm hkdf;
    private final String text;

    ContextParametersView(ContextParameters parameters) {
      this.senderId = parameters.senderId();
      this.recipientId = parameters.recipientId();
      this.idContext = parameters.idContext();
      this.aead = parameters.aead();
      this.hkdf = parameters.hkdf();
      this.text = parameters.toString();
    }
  }
}
