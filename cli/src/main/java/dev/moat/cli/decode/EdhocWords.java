package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.CodeWords;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.DhCurve;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.Locale;
import java.util.Optional;

/** Values of EDHOC messages in words. */
public final class EdhocWords {
  private EdhocWords() {}

  /** A method, which may be unknown. */
  public static String method(long value) {
    return (value == (int) value ? Method.of((int) value) : Optional.<Method>empty())
        .map(
            method ->
                value
                    + ": initiator "
                    + kind(method.of(Role.INITIATOR))
                    + ", responder "
                    + kind(method.of(Role.RESPONDER)))
        .orElse(value + ": not known here");
  }

  private static String kind(AuthenticationKind kind) {
    return switch (kind) {
      case SIGNATURE -> "signs";
      case STATIC_DH -> "has a static Diffie-Hellman key";
      case PSK -> "has the shared key";
    };
  }

  /** A suite by number, which may be unknown. */
  public static String suite(long value) {
    return CipherSuites.standard().all().stream()
        .filter(suite -> suite.value() == value)
        .findFirst()
        .map(EdhocWords::suite)
        .orElse(value + " (not known here)");
  }

  /** A suite with its algorithms. */
  public static String suite(CipherSuite suite) {
    return suite.value()
        + " ("
        + algorithm(suite.aead().name())
        + ", "
        + algorithm(suite.hash().name())
        + ", "
        + curve(suite.curve())
        + ", "
        + algorithm(suite.signature().name())
        + ")";
  }

  private static String algorithm(String constant) {
    return constant.replace('_', '-');
  }

  /** A curve by its registered name. */
  public static String curve(DhCurve curve) {
    return curve.name().replace('_', '-');
  }

  /** A connection identifier. */
  public static String identifier(Bytes id) {
    return id.isEmpty() ? "empty" : "0x" + id.toHex();
  }

  /** How a credential is named. */
  public static String idCred(IdCred idCred) {
    String name = idCred.type().name().toLowerCase(Locale.ROOT);
    return switch (idCred.type()) {
      case KID -> "kid " + identifier(idCred.kid().orElseThrow());
      case OTHER -> "header parameter " + idCred.label();
      default -> name + ", " + CodeWords.octets(idCred.value().length());
    };
  }

  /** An item of external authorization data. */
  public static String ead(EadItem item) {
    String value = item.value().map(octets -> CodeWords.octets(octets.length())).orElse("no value");
    if (item.isPadding()) {
      return "padding, " + value;
    }
    return "label " + item.label() + (item.critical() ? ", critical, " : ", ") + value;
  }
}
