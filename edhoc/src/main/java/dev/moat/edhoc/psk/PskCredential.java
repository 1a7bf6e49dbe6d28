package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.SymmetricClaims;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.EdhocHash;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key that exactly two endpoints share, with the credentials of both (draft-ietf-lake-edhoc-psk,
 * Section 3.1). May be shared among sessions and threads; whoever made it closes it.
 *
 * <p>The credentials are told apart as the own one and the peer's, not as CRED_I and CRED_R: so a
 * session of an endpoint with itself never completes (Selfie), whoever starts it, because its two
 * ends disagree about who is who.
 *
 * <p><b>Not resistant to key-compromise impersonation:</b> whoever learns the key can pose as this
 * endpoint to the peer, and as the peer to this endpoint (Section 9.3).
 */
public final class PskCredential implements AutoCloseable {
  /** The least length of a key (Section 9.5). */
  public static final int LEAST_OCTETS = 16;

  private final IdCred idCred;
  private final SecretBytes psk;
  private final SecretBytes own;
  private final SecretBytes peer;
  private final EdhocHash hash;
  private final Bytes identity;

  private PskCredential(
      Bytes kid,
      SecretBytes psk,
      SecretBytes own,
      SecretBytes peer,
      EdhocHash hash,
      Optional<Bytes> identity) {
    this.idCred = IdCred.kid(kid);
    this.identity = identity.orElseGet(idCred::encoded);
    this.psk = copy(psk);
    this.own = copy(own);
    this.peer = copy(peer);
    this.hash = hash;
  }

  /**
   * A key with credentials of any form; all secrets are copied.
   *
   * @param kid names the key to the peer; both must find it by this
   * @param psk at least 16 octets of full entropy, never a password
   * @param own the own CRED_x, one encoded item with an identity in it
   * @param peer the peer's CRED_x
   * @param hash the hash of all suites that the key may be used with
   * @throws IllegalArgumentException when the key is short, or both credentials are equal (Section
   *     3.1.2)
   */
  public static PskCredential of(
      Bytes kid, SecretBytes psk, SecretBytes own, SecretBytes peer, EdhocHash hash) {
    return of(kid, psk, own, peer, hash, Optional.empty());
  }

  /**
   * A key for whom there was one, or a session, before.
   *
   * @param identity the peer's, as {@link dev.moat.edhoc.auth.VerifiedPeer#identity()} has it
   */
  static PskCredential of(
      Bytes kid,
      SecretBytes psk,
      SecretBytes own,
      SecretBytes peer,
      EdhocHash hash,
      Optional<Bytes> identity) {
    if (psk.length() < LEAST_OCTETS) {
      throw new IllegalArgumentException("a pre-shared key has 16 octets or more");
    }
    if (own.equals(peer)) {
      throw new IllegalArgumentException("CRED_I and CRED_R must differ");
    }
    return new PskCredential(kid, psk, own, peer, hash, identity);
  }

  /**
   * A key provisioned to both sides, with credentials made of its parts: CWT Claims Sets with a
   * subject and the key, as in the draft's test vectors.
   *
   * @param own the own subject
   * @param peer the peer's subject
   * @throws IllegalArgumentException as {@link #of}, or when a subject is empty (Section 3.1.3)
   */
  public static PskCredential external(
      Bytes kid, SecretBytes psk, String own, String peer, EdhocHash hash) {
    if (own.isEmpty() || peer.isEmpty()) {
      throw new IllegalArgumentException("a subject is not empty");
    }
    try (SecretBytes ownClaims = claims(kid, psk, own);
        SecretBytes peerClaims = claims(kid, psk, peer)) {
      return of(kid, psk, ownClaims, peerClaims, hash);
    }
  }

  /**
   * A key provisioned by two CWT Claims Sets that have it in them.
   *
   * @throws IllegalArgumentException as {@link #of}, or when a subject or the kid is missing, or
   *     the two are for different keys (Sections 3.1.2 and 3.1.3)
   */
  public static PskCredential ofClaims(SymmetricClaims own, SymmetricClaims peer, EdhocHash hash) {
    boolean named = own.subject().isPresent() && peer.subject().isPresent();
    if (!named || own.subject().equals(peer.subject())) {
      throw new IllegalArgumentException("both claims sets need a subject of their own");
    }
    Optional<Bytes> kid = own.key().kid();
    boolean sameKey = own.key().secret().equals(peer.key().secret());
    if (kid.isEmpty() || !sameKey || !kid.equals(peer.key().kid())) {
      throw new IllegalArgumentException("both claims sets need the same key and kid");
    }
    return of(kid.get(), own.key().secret(), own.encoded(), peer.encoded(), hash);
  }

  private static SecretBytes claims(Bytes kid, SecretBytes psk, String subject) {
    return psk.use(
        key -> {
          CborWriter coseKey =
              new CborWriter()
                  .map(
                      map ->
                          map.put(1, kty -> kty.integer(4))
                              .put(2, id -> id.bytes(kid))
                              .put(-1, k -> k.bytes(Bytes.owned(key))));
          CborWriter confirmation =
              new CborWriter().map(map -> map.put(1, item -> item.encoded(coseKey.toBytes())));
          CborWriter claims =
              new CborWriter()
                  .map(
                      map ->
                          map.put(2, sub -> sub.text(subject))
                              .put(8, cnf -> cnf.encoded(confirmation.toBytes())));
          byte[] encoded = claims.toBytes().toArray();
          SecretBytes secret = SecretBytes.copyOf(encoded);
          Arrays.fill(encoded, (byte) 0);
          return secret;
        });
  }

  /** ID_CRED_PSK, by kid. */
  public IdCred idCred() {
    return idCred;
  }

  /** The only hash whose suites the key may be used with (Section 9.5). */
  public EdhocHash hash() {
    return hash;
  }

  /** The same credentials for another key: what resumption does (Section 6). */
  PskCredential withKey(Bytes otherKid, SecretBytes otherPsk, EdhocHash otherHash) {
    return of(otherKid, otherPsk, own, peer, otherHash, Optional.of(identity));
  }

  /** What tells the peer from others, however often the key was replaced. */
  Bytes identity() {
    return identity;
  }

  SecretBytes psk() {
    return psk;
  }

  /** Lends CRED_I and CRED_R behind each other, for an endpoint in {@code role}. */
  <T> T lendCredentials(Role role, Function<Bytes, T> use) {
    SecretBytes first = role == Role.INITIATOR ? own : peer;
    SecretBytes second = role == Role.INITIATOR ? peer : own;
    return first.use(credI -> second.use(credR -> lend(credI, credR, use)));
  }

  private static <T> T lend(byte[] credI, byte[] credR, Function<Bytes, T> use) {
    byte[] both = Arrays.copyOf(credI, credI.length + credR.length);
    System.arraycopy(credR, 0, both, credI.length, credR.length);
    try {
      return use.apply(Bytes.owned(both));
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }

  private static SecretBytes copy(SecretBytes secret) {
    return secret.use(SecretBytes::copyOf);
  }

  /** Erases the secrets; a second call does nothing. */
  @Override
  public void close() {
    psk.close();
    own.close();
    peer.close();
  }

  /** The identifier and the hash. */
  @Override
  public String toString() {
    return "PskCredential[" + idCred + ", " + hash + "]";
  }
}
