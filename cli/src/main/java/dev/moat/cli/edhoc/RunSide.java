package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.pki.maker.ThrowawayCertificates;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Makes or reads who takes part in a demonstration. */
final class RunSide {
  private final Primitives primitives;
  private final RandomSource random;
  private final boolean insecureMode;

  RunSide(Primitives primitives, RandomSource random, boolean insecureMode) {
    this.primitives = primitives;
    this.random = random;
    this.insecureMode = insecureMode;
  }

  /**
   * The identity that {@code credential} names, for {@code kind} and {@code suite}.
   *
   * @param kid for a claims set that is made now
   */
  OwnIdentity of(
      Role role, String credential, AuthenticationKind kind, CipherSuite suite, Bytes kid) {
    return switch (credential) {
      case "kid", "kccs" -> claims(role, credential, kind, suite, kid);
      case "x5t", "x5chain" -> certificate(role, credential, kind, suite);
      default -> stored(credential);
    };
  }

  private OwnIdentity claims(
      Role role, String style, AuthenticationKind kind, CipherSuite suite, Bytes kid) {
    PrivateKey key = fresh(kind, suite);
    Credential credential = Credential.ccsOf(name(role), key.publicKey().withKid(kid));
    IdCred idCred = style.equals("kid") ? IdCred.kid(kid) : IdCred.kccs(credential.encoded());
    return new OwnIdentity(idCred, credential, key, kind);
  }

  private OwnIdentity certificate(
      Role role, String style, AuthenticationKind kind, CipherSuite suite) {
    PrivateKey key = fresh(kind, suite);
    ThrowawayCertificates maker = new ThrowawayCertificates(primitives.curves(), random);
    Bytes der =
        kind == AuthenticationKind.SIGNATURE
            ? maker.forSignatures(name(role), key, Instant.now())
            : maker.forAgreement(name(role), key, Instant.now());
    try {
      IdCred idCred =
          style.equals("x5t")
              ? IdCred.x5tOf(primitives.symmetric(), der)
              : IdCred.x5chain(List.of(der));
      return new OwnIdentity(idCred, Credential.x509(der), key, kind);
    } catch (CoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private PrivateKey fresh(AuthenticationKind kind, CipherSuite suite) {
    KeyCurve curve =
        kind == AuthenticationKind.SIGNATURE
            ? KeyCurve.of(suite.signature())
            : KeyCurve.of(suite.curve());
    return PrivateKey.generate(curve, primitives.curves(), random);
  }

  private OwnIdentity stored(String file) {
    List<OwnIdentity> identities =
        CredentialsFiles.read(List.of(Path.of(file)), insecureMode).all().identities();
    if (identities.size() != 1) {
      throw new IllegalArgumentException(
          file
              + " has "
              + identities.size()
              + " own identities; give a file with one, or kid, kccs,"
              + " x5t or x5chain");
    }
    return identities.get(0);
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
