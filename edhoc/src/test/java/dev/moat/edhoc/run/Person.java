package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.Trace;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Somebody with a key pair and a credential for it. */
record Person(String name, PrivateKey key, Credential credential) {
  private static final Map<String, Person> CERTIFIED = new ConcurrentHashMap<>();

  /** With a claims set; the key follows from name and curve. */
  static Person claiming(String name, KeyCurve curve) {
    long seed = 31L * name.hashCode() + curve.ordinal();
    PrivateKey key =
        PrivateKey.generate(curve, TraceParty.BEST.curves(), new InsecureSeededRandom(seed));
    Bytes kid = kid(name);
    return new Person(name, key, Credential.ccsOf(name, key.publicKey().withKid(kid)));
  }

  /** With a certificate of the traces, where they have one for the curve. */
  static Optional<Person> certified(Role role, KeyCurve curve) {
    if (CERTIFIED.isEmpty()) {
      Trace.all().forEach(Person::collect);
    }
    return Optional.ofNullable(CERTIFIED.get(role + " " + curve));
  }

  private static void collect(Trace trace) {
    for (Role role : Role.values()) {
      Credential credential = new TraceParty(trace, role).credential();
      if (!credential.chain().isEmpty()) {
        KeyCurve curve = credential.key().curve();
        String secret = role == Role.INITIATOR ? "SK_I" : "SK_R";
        PrivateKey key = PrivateKey.of(credential.key(), trace.secret(secret));
        Person unused =
            CERTIFIED.computeIfAbsent(
                role + " " + curve, name -> new Person(name, key, credential));
      }
    }
  }

  /** One octet that is sent as an integer. */
  private static Bytes kid(String name) {
    return Bytes.of(name.charAt(0) & 0x17);
  }

  static KeyCurve curve(AuthenticationKind kind, CipherSuite suite) {
    return kind == AuthenticationKind.SIGNATURE
        ? KeyCurve.of(suite.signature())
        : KeyCurve.of(suite.curve());
  }

  /** The name of the credential in messages. */
  IdCred named(IdCred.Type type) {
    return switch (type) {
      case KID -> IdCred.kid(kid(name));
      case KCCS -> IdCred.kccs(credential.encoded());
      case X5T -> IdCred.x5tOf(TraceParty.CRYPTO, credential.chain().get(0));
      case X5CHAIN -> IdCred.x5chain(List.of(credential.chain().get(0)));
      case X5BAG -> IdCred.x5bag(List.of(credential.chain().get(0)));
      case X5U -> IdCred.x5u("coap://ca.example/" + name.substring(0, 1));
      case C5U -> IdCred.c5u("coap://ca.example/c509/" + name.substring(0, 1));
      default -> throw new AssertionError(type);
    };
  }

  Identity identity(AuthenticationKind kind, IdCred idCred) {
    try {
      return kind == AuthenticationKind.SIGNATURE
          ? Identity.signing(idCred, credential, key.signing(TraceParty.BEST.curves()))
          : Identity.staticDh(idCred, credential, key.agreement(TraceParty.BEST.curves()));
    } catch (CoseException wrong) {
      throw new AssertionError(wrong);
    }
  }
}
