package dev.moat.cli.edhoc;

import dev.moat.cli.entry.Entry;
import dev.moat.cli.keys.CurveNames;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialType;
import dev.moat.cose.key.KeyCurve;
import dev.moat.edhoc.suite.AuthenticationKind;
import java.util.Optional;

/**
 * What a key is used for. Keys of P-256 and P-384 could do both, but one key shall be used for one
 * algorithm (RFC 9528, Section 9.1; RFC 9052, Section 12): a certificate's signs, a claims set's
 * agrees, unless the file says otherwise.
 */
final class KeyUses {
  private static final String SIGNATURE = "signature";
  private static final String STATIC_DH = "static-dh";

  private KeyUses() {}

  /** The use that {@code member} names, or the usual one. */
  static AuthenticationKind of(Entry entry, String member, Credential credential) {
    KeyCurve curve = credential.key().curve();
    Optional<AuthenticationKind> asked = entry.text(member).map(text -> of(entry, member, text));
    AuthenticationKind use = asked.orElseGet(() -> usual(credential));
    boolean possible =
        use == AuthenticationKind.SIGNATURE
            ? curve.signature().isPresent()
            : curve.dh().isPresent();
    if (!possible) {
      throw entry
          .place()
          .member(member)
          .misuse(
              "names a use that keys of " + CurveNames.of(curve) + " do not have",
              "Ed25519 and Ed448 sign, X25519 and X448 agree, P-256 and P-384 do either.");
    }
    return use;
  }

  private static AuthenticationKind of(Entry entry, String member, String text) {
    return switch (text) {
      case SIGNATURE -> AuthenticationKind.SIGNATURE;
      case STATIC_DH -> AuthenticationKind.STATIC_DH;
      default ->
          throw entry
              .place()
              .member(member)
              .misuse("takes " + SIGNATURE + " or " + STATIC_DH, "Correct it.");
    };
  }

  private static AuthenticationKind usual(Credential credential) {
    KeyCurve curve = credential.key().curve();
    boolean both = curve.signature().isPresent() && curve.dh().isPresent();
    boolean signs = both ? credential.type() == CredentialType.X509 : curve.signature().isPresent();
    return signs ? AuthenticationKind.SIGNATURE : AuthenticationKind.STATIC_DH;
  }
}
