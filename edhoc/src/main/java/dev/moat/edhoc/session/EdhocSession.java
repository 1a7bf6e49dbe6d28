package dev.moat.edhoc.session;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.PrkOut;
import dev.moat.edhoc.schedule.Th4;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A completed session. May be shared among threads; a key update while others export leaves them
 * with the old keys or the new ones.
 *
 * <p>The Responder's session is confirmed from the start: message_3 showed that the Initiator has
 * the keys. The Initiator's is confirmed by message_4 or by a message that is protected with an
 * exported key, and until then nothing of it may be stored (RFC 9528, Section 5.4.2).
 */
public final class EdhocSession implements AutoCloseable {
  private final SessionFacts facts;
  private final AtomicReference<PrkOut> prkOut;
  private final AtomicBoolean confirmed;

  private EdhocSession(SessionFacts facts, PrkOut prkOut) {
    this.facts = facts;
    this.prkOut = new AtomicReference<>(prkOut);
    this.confirmed = new AtomicBoolean(facts.role() == Role.RESPONDER);
  }

  /** Derives PRK_out; {@code prk4e3m} stays the caller's to close. */
  public static EdhocSession of(SessionFacts facts, Prk4e3m prk4e3m) {
    return new EdhocSession(facts, prk4e3m.prkOut(facts.th4()));
  }

  /** The own role. */
  public Role role() {
    return facts.role();
  }

  /** METHOD. */
  public Method method() {
    return facts.terms().method();
  }

  /** The selected cipher suite, with the algorithms for the application. */
  public CipherSuite suite() {
    return facts.terms().suite();
  }

  /** SUITES_I: what the Initiator offered, as both sides saw it. */
  public List<Integer> suitesI() {
    return facts.message1().suites().values();
  }

  /** C_I. */
  public ConnectionId cI() {
    return facts.message1().cI();
  }

  /** C_R. */
  public ConnectionId cR() {
    return facts.cR();
  }

  /** Who the peer is. */
  public VerifiedPeer peer() {
    return facts.peer();
  }

  /** The own CRED_x, encoded. */
  public Bytes ownCredential() {
    return facts.ownCredential();
  }

  /** The CRED_x of the side of {@code role}, encoded. */
  public Bytes credential(Role role) {
    return role == facts.role() ? ownCredential() : peer().encoded();
  }

  /** TH_4: names the session, and is equal on both sides. */
  public Th4 th4() {
    return facts.th4();
  }

  /**
   * EDHOC_Exporter (Section 4.2.1); the caller closes the result. A pair of label and context
   * stands for one purpose only.
   *
   * @param octets 1 to 255 times the hash's length
   * @throws IllegalArgumentException when {@code octets} is out of range, or the label is negative
   * @throws IllegalStateException after {@link #close()}
   */
  public SecretBytes exporter(int label, Bytes context, int octets) {
    if (label < 0) {
      throw new IllegalArgumentException("an exporter label is not negative: " + label);
    }
    return current().exporter(label, context, octets);
  }

  /**
   * EDHOC_KeyUpdate (Appendix H): all that is exported from now on is new, and the old PRK_out is
   * erased. Both sides call it with the same context.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public void keyUpdate(Bytes context) {
    PrkOut old = current();
    PrkOut updated = old.updated(context);
    if (!prkOut.compareAndSet(old, updated)) {
      updated.close();
      throw new IllegalStateException("another key update ran at the same time");
    }
    old.close();
  }

  /** True when the peer has shown that it has the keys. */
  public boolean isConfirmed() {
    return confirmed.get();
  }

  /** Tells that message_4 was received, with the evidence. */
  public void confirmedBy(MessageKey.Opened message4) {
    Objects.requireNonNull(message4);
    confirmed.set(true);
  }

  /**
   * Tells that a message from the peer was verified under a key that this session exported, such as
   * an OSCORE response (Section 5.4.2).
   */
  public void confirmedByOscore() {
    confirmed.set(true);
  }

  /**
   * Exports what is to be stored, such as a key for resumption.
   *
   * @throws IllegalStateException before the peer has confirmed the keys, and after {@link
   *     #close()}
   * @see #exporter
   */
  public SecretBytes exportForStorage(int label, Bytes context, int octets) {
    requireConfirmed();
    return exporter(label, context, octets);
  }

  /**
   * PRK_out, for storage; the caller closes it.
   *
   * @throws IllegalStateException before the peer has confirmed the keys, and after {@link
   *     #close()}
   */
  public SecretBytes prkOutForStorage() {
    requireConfirmed();
    return current().copy();
  }

  private PrkOut current() {
    return Objects.requireNonNull(prkOut.get());
  }

  private void requireConfirmed() {
    if (!isConfirmed()) {
      throw new IllegalStateException("nothing is stored before the peer has confirmed the keys");
    }
  }

  /** Erases the keys; a second call does nothing. */
  @Override
  public void close() {
    current().close();
  }

  @Override
  public String toString() {
    return "EdhocSession[" + role() + ", " + method() + ", suite " + suite().value() + "]";
  }
}
