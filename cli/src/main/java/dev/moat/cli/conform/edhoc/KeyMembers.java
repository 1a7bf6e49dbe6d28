package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import dev.moat.edhoc.Role;
import java.util.Optional;

/** Members of a trace that say again what is in a credential or an ephemeral key. */
final class KeyMembers {
  private KeyMembers() {}

  /** Puts them among what {@code side} has seen. */
  static void see(Trace trace, Side side) throws CoseException {
    for (Role role : Role.values()) {
      credential(trace, side, role);
    }
    ephemeral(trace, side, "G_X");
    ephemeral(trace, side, "G_Y");
  }

  private static void credential(Trace trace, Side side, Role role) throws CoseException {
    String letter = Trace.letter(role);
    Credential credential = TraceIdentity.of(trace, role).credential();
    PublicKey key = credential.key();
    side.saw(
        "CRED_" + letter,
        credential.chain().isEmpty() ? credential.encoded() : credential.chain().get(0));
    side.saw("G_" + letter, key.x());
    side.saw("PK_" + letter + "_x", key.x());
    key.y().ifPresent(y -> side.saw("PK_" + letter + "_y", y));
    side.saw("PK_" + letter, point(key, Json.optional(trace.values(), "PK_" + letter)));
  }

  /** The key in the form in which it is stated: a point may be compressed or not. */
  private static Bytes point(PublicKey key, Optional<Bytes> stated) throws CoseException {
    if (stated.isPresent() && stated.get().length() >= key.curve().octets()) {
      if (PublicKey.ofPoint(key.curve(), stated.get()).sameKey(key)) {
        return stated.get();
      }
    }
    return key.x().plus(key.y().orElse(Bytes.empty()));
  }

  /** Of the two y-coordinates that an ephemeral key can have, either may be stated. */
  private static void ephemeral(Trace trace, Side side, String name) throws CoseException {
    JsonNode values = trace.values();
    KeyCurve curve = KeyCurve.of(trace.suite().curve());
    if (!values.path(name + "_y").isTextual() || !curve.hasTwoCoordinates()) {
      return;
    }
    Bytes x = Json.octets(values, name);
    Bytes stated = Json.octets(values, name + "_y");
    Bytes even = PublicKey.ofPoint(curve, Bytes.of(2).plus(x)).y().orElseThrow();
    Bytes odd = PublicKey.ofPoint(curve, Bytes.of(3).plus(x)).y().orElseThrow();
    side.saw(name + "_y", stated.equals(odd) ? odd : even);
  }
}
