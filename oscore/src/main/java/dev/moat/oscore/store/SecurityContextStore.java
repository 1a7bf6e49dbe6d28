package dev.moat.oscore.store;

import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import java.util.List;
import java.util.Optional;

/**
 * Remembers security contexts over restarts, so that no nonce is used twice and no old message is
 * taken for a new one (RFC 8613, Section 7.5 and Appendix B.1).
 *
 * <p>It keeps two things apart. A <em>counter</em> for every Sender Key that was ever opened: it
 * stays for good, also when names are removed, and holds no secret. And, only when asked to, whole
 * <em>parameters</em> under a name, secrets included.
 *
 * <p>Every method fails closed. A store is only as good as its memory: one restored from a backup,
 * from an image of the machine, or begun anew with keys that were used before, gives numbers a
 * second time, which breaks confidentiality and integrity. Nothing can detect that here; then the
 * keys must be replaced.
 *
 * <p>Safe to share among threads; calls may block on the medium.
 */
public interface SecurityContextStore extends AutoCloseable {
  /**
   * Finds the counter of these parameters, or begins one durably.
   *
   * <p>Derive one context at a time from what this gives. Two that are open at once have two replay
   * windows, take one request twice and answer it twice under its one nonce.
   *
   * @return with {@code FRESH} only when the counter was begun by this very call: a process that
   *     ended before it used the context leaves {@code RESTORED} behind
   */
  StoredContext open(ContextParameters parameters, Crypto crypto) throws StoreException;

  /** The context itself, which draws its sequence numbers from this store. */
  default SecurityContext context(ContextParameters parameters, Crypto crypto)
      throws StoreException {
    StoredContext stored = open(parameters, crypto);
    return SecurityContext.derive(parameters, crypto, stored.reservations(), stored.provenance());
  }

  /** Keeps parameters, their secrets included, under a name; replaces what the name meant. */
  void save(String name, ContextParameters parameters) throws StoreException;

  /** The parameters of a name; the caller closes them. */
  Optional<ContextParameters> load(String name) throws StoreException;

  /** The names of all saved parameters, in order. */
  List<String> names() throws StoreException;

  /** Erases the parameters of a name; its counter stays, since the keys may come back. */
  void remove(String name) throws StoreException;

  /** Ends all use; every reservation afterwards fails. A second call does nothing. */
  @Override
  void close();
}
