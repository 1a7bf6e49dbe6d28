package dev.moat.edhoc.suite;

import static dev.moat.crypto.AeadAlgorithm.AES_CCM_16_128_128;
import static dev.moat.crypto.AeadAlgorithm.AES_CCM_16_64_128;
import static dev.moat.crypto.AeadAlgorithm.AES_GCM_128;
import static dev.moat.crypto.AeadAlgorithm.AES_GCM_256;
import static dev.moat.crypto.AeadAlgorithm.CHACHA20_POLY1305;
import static dev.moat.edhoc.suite.EdhocHash.SHAKE_256;
import static dev.moat.edhoc.suite.EdhocHash.SHA_256;
import static dev.moat.edhoc.suite.EdhocHash.SHA_384;

import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The suites that an endpoint knows by number (RFC 9528, Section 10.2). Immutable. */
public final class CipherSuites {
  /** The numbers for private use, from and to (Section 3.6). */
  private static final int LEAST_PRIVATE = -24;

  private static final int MOST_PRIVATE = -21;

  private static final CipherSuites STANDARD = new CipherSuites(standardSuites());

  private final SortedMap<Integer, CipherSuite> byValue;

  private CipherSuites(SortedMap<Integer, CipherSuite> byValue) {
    this.byValue = Collections.unmodifiableSortedMap(byValue);
  }

  /** The registered suites: 0 to 6, 24 and 25. */
  public static CipherSuites standard() {
    return STANDARD;
  }

  /**
   * These and a private suite; nothing else is needed to negotiate it.
   *
   * @throws IllegalArgumentException when the number is not -24 to -21 or is taken
   */
  public CipherSuites with(CipherSuite suite) {
    if (suite.value() < LEAST_PRIVATE || suite.value() > MOST_PRIVATE) {
      throw new IllegalArgumentException("a private suite is -24 to -21, not " + suite.value());
    }
    SortedMap<Integer, CipherSuite> more = new TreeMap<>(byValue);
    if (more.putIfAbsent(suite.value(), suite) != null) {
      throw new IllegalArgumentException("the suite " + suite.value() + " is there already");
    }
    return new CipherSuites(more);
  }

  /** The suite of a number; empty when it is not known. */
  public Optional<CipherSuite> find(int value) {
    return Optional.ofNullable(byValue.get(value));
  }

  /**
   * The suite of a number that the caller knows to be there.
   *
   * @throws IllegalArgumentException when it is not
   */
  public CipherSuite require(int value) {
    return find(value).orElseThrow(() -> new IllegalArgumentException("no suite " + value));
  }

  /** All suites, by ascending number. */
  public Collection<CipherSuite> all() {
    return byValue.values();
  }

  private static SortedMap<Integer, CipherSuite> standardSuites() {
    DhCurve x25519 = DhCurve.X25519;
    DhCurve p256 = DhCurve.P_256;
    SignatureAlgorithm ed25519 = SignatureAlgorithm.ED25519;
    SignatureAlgorithm es256 = SignatureAlgorithm.ES256;
    SortedMap<Integer, CipherSuite> suites = new TreeMap<>();
    constrained(suites, 0, AES_CCM_16_64_128, x25519, ed25519);
    constrained(suites, 1, AES_CCM_16_128_128, x25519, ed25519);
    constrained(suites, 2, AES_CCM_16_64_128, p256, es256);
    constrained(suites, 3, AES_CCM_16_128_128, p256, es256);
    uniform(suites, 4, CHACHA20_POLY1305, SHA_256, Map.entry(x25519, ed25519));
    uniform(suites, 5, CHACHA20_POLY1305, SHA_256, Map.entry(p256, es256));
    uniform(suites, 6, AES_GCM_128, SHA_256, Map.entry(x25519, es256));
    uniform(suites, 24, AES_GCM_256, SHA_384, Map.entry(DhCurve.P_384, SignatureAlgorithm.ES384));
    uniform(
        suites,
        25,
        CHACHA20_POLY1305,
        SHAKE_256,
        Map.entry(DhCurve.X448, SignatureAlgorithm.ED448));
    return suites;
  }

  /** Suites whose application always has the short tag; the MAC is as long as EDHOC's tag. */
  private static void constrained(
      Map<Integer, CipherSuite> suites,
      int value,
      AeadAlgorithm aead,
      DhCurve curve,
      SignatureAlgorithm signature) {
    suites.put(
        value,
        new CipherSuite(
            value, aead, SHA_256, aead.tagOctets(), curve, signature, AES_CCM_16_64_128, SHA_256));
  }

  /** Suites whose application uses the same algorithms as EDHOC, with MACs of 16 octets. */
  private static void uniform(
      Map<Integer, CipherSuite> suites,
      int value,
      AeadAlgorithm aead,
      EdhocHash hash,
      Map.Entry<DhCurve, SignatureAlgorithm> keys) {
    suites.put(
        value, new CipherSuite(value, aead, hash, 16, keys.getKey(), keys.getValue(), aead, hash));
  }
}
