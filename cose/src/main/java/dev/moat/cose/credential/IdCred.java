package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.crypto.Crypto;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * ID_CRED_x: the header map by which a message names a credential, or brings it along (RFC 9528,
 * Section 3.5.3; RFC 9360). Untrusted input until a {@link CredentialStore} has judged it.
 * Immutable; two with the same octets are equal.
 */
public final class IdCred {
  private final Type type;
  private final long label;
  private final Bytes encoded;
  private final Bytes value;
  private final IdCredValue read;

  IdCred(Type type, long label, Bytes encoded, Bytes value, IdCredValue read) {
    this.type = type;
    this.label = label;
    this.encoded = encoded;
    this.value = value;
    this.read = read;
  }

  /**
   * Reads a header map.
   *
   * <p>A map with one parameter that Moat knows must have a value of its type. Everything else, a
   * map of several parameters among it, is {@link Type#OTHER}, for stores of applications.
   *
   * @throws CoseException with MALFORMED_CBOR, BAD_ID_CRED or CREDENTIAL_TOO_LARGE
   */
  public static IdCred decode(Bytes map) throws CoseException {
    return IdCredReader.read(map);
  }

  /** By key identifier (RFC 9052, Section 3.1). */
  public static IdCred kid(Bytes kid) {
    return of(Type.KID, new CborWriter().bytes(kid));
  }

  /** A claims set by value: {@link Credential#encoded()} of a CCS. */
  public static IdCred kccs(Bytes claims) {
    return of(Type.KCCS, new CborWriter().encoded(claims));
  }

  /** A CWT by value: an encoded COSE message, tagged or not. */
  public static IdCred kcwt(Bytes cwt) {
    return of(Type.KCWT, new CborWriter().encoded(cwt));
  }

  /** An X.509 certificate by hash. */
  public static IdCred x5t(CertificateHash hash) {
    return of(Type.X5T, hash(hash));
  }

  /**
   * An X.509 certificate by hash.
   *
   * @see CertificateHash
   */
  public static IdCred x5t(long hashAlgorithm, Bytes hash) {
    return x5t(new CertificateHash(hashAlgorithm, hash));
  }

  /** An X.509 certificate by SHA-256 cut to 64 bits, as RFC 9529 has it. */
  public static IdCred x5tOf(Crypto crypto, Bytes der) {
    return x5t(CertificateHash.of(crypto, CertificateHash.SHA_256_64, der));
  }

  /** An X.509 certificate by SHA-256. */
  public static IdCred x5t256Of(Crypto crypto, Bytes der) {
    return x5t(CertificateHash.of(crypto, CertificateHash.SHA_256, der));
  }

  /** X.509 certificates by value, the end entity's first. */
  public static IdCred x5chain(List<Bytes> der) {
    return of(Type.X5CHAIN, strings(der));
  }

  /** X.509 certificates by value, in no order. */
  public static IdCred x5bag(List<Bytes> der) {
    return of(Type.X5BAG, strings(der));
  }

  /** X.509 certificates by a URI. */
  public static IdCred x5u(String uri) {
    return of(Type.X5U, uri(uri));
  }

  /** A C509 certificate by hash. */
  public static IdCred c5t(CertificateHash hash) {
    return of(Type.C5T, hash(hash));
  }

  /** A C509 certificate by value. */
  public static IdCred c5c(Bytes c509) {
    return of(Type.C5C, strings(List.of(c509)));
  }

  /** C509 certificates by a URI. */
  public static IdCred c5u(String uri) {
    return of(Type.C5U, uri(uri));
  }

  /** How the credential is named. */
  public Type type() {
    return type;
  }

  /** The label of the only parameter, or the first of several; 0 when it is a text. */
  public long label() {
    return label;
  }

  /** The header map, exactly as given. */
  public Bytes encoded() {
    return encoded;
  }

  /** The encoded value of that parameter. */
  public Bytes value() {
    return value;
  }

  /** The key identifier of a {@link Type#KID}. */
  public Optional<Bytes> kid() {
    return type == Type.KID ? Optional.of(read.octets().get(0)) : Optional.empty();
  }

  /** The hash of a {@link Type#X5T} or {@link Type#C5T}. */
  public Optional<CertificateHash> hash() {
    return read.hash();
  }

  /** The URI of a {@link Type#X5U} or {@link Type#C5U}. */
  public Optional<String> uri() {
    return read.uri();
  }

  /**
   * The certificates of a chain or a bag, X.509 or C509, in the order of the message; empty for
   * every other type.
   */
  public List<Bytes> certificates() {
    return type == Type.KID ? List.of() : read.octets();
  }

  /**
   * The credential that is in the message: of kccs, kcwt and x5chain. Not trusted by that. A bag
   * has no order, so that only a store can tell which certificate is meant.
   *
   * @throws CoseException with the reasons of {@link Credential}
   */
  public Optional<Credential> byValue() throws CoseException {
    return switch (type) {
      case KCCS -> Optional.of(Credential.ccs(value));
      case KCWT -> Optional.of(Credential.cwt(value));
      case X5CHAIN -> Optional.of(Credential.x509Chain(certificates()));
      default -> Optional.empty();
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdCred that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /** The type and the octets: an identity, which logs may want to leave out. */
  @Override
  public String toString() {
    return "IdCred[" + type + ", " + encoded + "]";
  }

  private static IdCred of(Type type, CborWriter value) {
    Bytes map =
        new CborWriter()
            .map(m -> m.put(type.label, item -> item.encoded(value.toBytes())))
            .toBytes();
    try {
      return decode(map);
    } catch (CoseException refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  private static CborWriter hash(CertificateHash hash) {
    return new CborWriter().array(2).integer(hash.algorithm()).bytes(hash.hash());
  }

  private static CborWriter uri(String uri) {
    return new CborWriter().tag(IdCredReader.URI_TAG).text(uri);
  }

  /** One certificate by itself, several in an array (RFC 9360, Section 2). */
  private static CborWriter strings(List<Bytes> certificates) {
    CborWriter writer = new CborWriter();
    if (certificates.size() != 1) {
      writer.array(certificates.size());
    }
    certificates.forEach(writer::bytes);
    return writer;
  }

  /** How a credential is named: header parameters with their labels. */
  public enum Type {
    /** By key identifier. */
    KID(4),
    /** A CWT by value. */
    KCWT(13),
    /** A CCS by value. */
    KCCS(14),
    /** A C509 certificate by hash. */
    C5T(22),
    /** C509 certificates by URI. */
    C5U(23),
    /** C509 certificates by value, unordered. */
    C5B(24),
    /** C509 certificates by value, the end entity's first. */
    C5C(25),
    /** X.509 certificates by value, unordered. */
    X5BAG(32),
    /** X.509 certificates by value, the end entity's first. */
    X5CHAIN(33),
    /** An X.509 certificate by hash. */
    X5T(34),
    /** X.509 certificates by URI. */
    X5U(35),
    /** By a parameter that Moat does not know, or by several. */
    OTHER(0);

    private final int label;

    Type(int label) {
      this.label = label;
    }

    /** The label of the header parameter; 0 for {@link #OTHER}. */
    public int label() {
      return label;
    }

    static Type of(long label) {
      return Arrays.stream(values()).filter(type -> type.label == label).findFirst().orElse(OTHER);
    }
  }
}
