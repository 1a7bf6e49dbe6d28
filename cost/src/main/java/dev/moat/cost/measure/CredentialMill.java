package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cbor.CborMapWriter;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.cost.exchange.CredentialForm;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.pki.maker.ThrowawayCertificates;
import java.time.Instant;
import java.util.List;

/** Makes credentials of every form with fresh keys. */
final class CredentialMill {
  // Claims and members of a COSE_Key (RFC 8392, Section 3.1; RFC 8747; RFC 9053, Section 7.1).
  private static final int CNF = 8;
  private static final int COSE_KEY = 1;
  private static final int KTY = 1;
  private static final int CRV = -1;
  private static final int X = -2;
  private static final int Y = -3;

  private final Primitives primitives;
  private final RandomSource random;

  CredentialMill(Primitives primitives, RandomSource random) {
    this.primitives = primitives;
    this.random = random;
  }

  /**
   * A side with a fresh key; the caller closes it.
   *
   * @throws IllegalArgumentException for a form that is no public key made here
   */
  BenchIdentity make(Role role, CredentialForm form, AuthenticationKind use, CipherSuite suite) {
    boolean signs = use == AuthenticationKind.SIGNATURE;
    PrivateKey key =
        PrivateKey.generate(
            signs ? KeyCurve.of(suite.signature()) : KeyCurve.of(suite.curve()),
            primitives.curves(),
            random);
    try {
      return switch (form) {
        case KID -> byReference(role, key, use);
        case KCCS -> byValue(smallest(key.publicKey(), signs), key, use);
        case KCCS_LONG -> byValue(published(role, key.publicKey()), key, use);
        case X5T, X5CHAIN -> certified(role, form, key, use);
        case PSK, OWN ->
            throw new IllegalArgumentException("no credential of form " + form + " is made here");
      };
    } catch (CoseException refused) {
      throw new IllegalStateException("a fresh credential is refused", refused);
    }
  }

  private static BenchIdentity byReference(Role role, PrivateKey key, AuthenticationKind use) {
    return new BenchIdentity(IdCred.kid(kid(role)), published(role, key.publicKey()), key, use);
  }

  private static BenchIdentity byValue(Credential ccs, PrivateKey key, AuthenticationKind use) {
    return new BenchIdentity(IdCred.kccs(ccs.encoded()), ccs, key, use);
  }

  private BenchIdentity certified(
      Role role, CredentialForm form, PrivateKey key, AuthenticationKind use) throws CoseException {
    ThrowawayCertificates maker = new ThrowawayCertificates(primitives.curves(), random);
    Bytes certificate =
        use == AuthenticationKind.SIGNATURE
            ? maker.forSignatures(subject(role), key, Instant.now())
            : maker.forAgreement(subject(role), key, Instant.now());
    IdCred idCred =
        form == CredentialForm.X5T
            ? IdCred.x5tOf(primitives.symmetric(), certificate)
            : IdCred.x5chain(List.of(certificate));
    return new BenchIdentity(idCred, Credential.x509(certificate), key, use);
  }

  /** One octet that messages carry as an integer (RFC 9528, Section 3.5.3.2), as in RFC 9529. */
  private static Bytes kid(Role role) {
    return Bytes.of(role == Role.INITIATOR ? 0x2b : 0x32);
  }

  /** With subject and kid, as those of RFC 9529, Section 3: 107 and 95 octets on P-256. */
  private static Credential published(Role role, PublicKey key) {
    return Credential.ccsOf(subject(role), key.withKid(kid(role)));
  }

  private static String subject(Role role) {
    return role == Role.INITIATOR ? "42-50-31-FF-EF-37-32-39" : "example.edu";
  }

  /**
   * Nothing but the key: 44 octets where x is enough. ECDSA needs y, of which the sign is enough
   * (RFC 9053, Section 7.1.1): 46 octets.
   */
  private static Credential smallest(PublicKey key, boolean signs) throws CoseException {
    CborWriter claims =
        new CborWriter()
            .map(
                claim ->
                    claim.put(
                        CNF,
                        cnf ->
                            cnf.map(
                                member ->
                                    member.put(
                                        COSE_KEY,
                                        coseKey -> coseKey.map(m -> members(m, key, signs))))));
    return Credential.ccs(claims.toBytes());
  }

  private static void members(CborMapWriter map, PublicKey key, boolean signs) {
    var unused =
        map.put(KTY, value -> value.integer(key.curve().kty()))
            .put(CRV, value -> value.integer(key.curve().id()))
            .put(X, value -> value.bytes(key.x()));
    if (signs && key.y().isPresent()) {
      Bytes y = key.y().get();
      var unusedToo = map.put(Y, value -> value.bool((y.at(y.length() - 1) & 1) == 1));
    }
  }
}
