package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.InsecureFixedEphemeral;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.Trace;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One side of a trace with the keys that it has there. */
record TraceParty(Trace trace, Role role) {
  static final Primitives BEST = PrimitivesChoice.best();
  static final Crypto CRYPTO = BEST.symmetric();

  /** Labels that the sides of derived traces know. */
  private static final Set<Integer> LABELS = Set.of(1, 24, 830, 65_535);

  private String letter() {
    return role == Role.INITIATOR ? "I" : "R";
  }

  private TraceParty other() {
    return new TraceParty(trace, role.other());
  }

  ConnectionId connectionId() {
    return new ConnectionId(trace.value("C_" + letter()));
  }

  IdCred idCred() {
    try {
      return IdCred.decode(trace.value("ID_CRED_" + letter() + "_cbor"));
    } catch (CoseException wrong) {
      throw new AssertionError(wrong);
    }
  }

  Credential credential() {
    Bytes item = trace.value("CRED_" + letter() + "_cbor");
    try {
      boolean certificate = item.at(0) >> 5 == 2;
      return certificate ? Credential.x509(new CborReader(item).bytes()) : Credential.ccs(item);
    } catch (CoseException | CborException wrong) {
      throw new AssertionError(wrong);
    }
  }

  Identity identity() {
    try {
      return trace.method().of(role) == AuthenticationKind.SIGNATURE
          ? Identity.signing(
              idCred(),
              credential(),
              BEST.curves().signingKey(trace.suite().signature(), trace.secret("SK_" + letter())))
          : Identity.staticDh(
              idCred(),
              credential(),
              BEST.curves().privateKey(trace.suite().curve(), trace.secret("SK_" + letter())));
    } catch (KeyMaterialException wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** Settings that reproduce the trace: with its ephemeral key and its items. */
  EdhocSettings.Builder settings() {
    Primitives fixed = InsecureFixedEphemeral.of(trace.secret(role == Role.INITIATOR ? "X" : "Y"));
    PinnedCredentials peers =
        PinnedCredentials.builder(CRYPTO).add(other().idCred(), other().credential()).build();
    return EdhocSettings.builder(fixed, suites(), Set.of(trace.method()))
        .identities(identity())
        .peers(peers)
        .eadPolicy(new Items())
        .message4();
  }

  private List<CipherSuite> suites() {
    if (role == Role.RESPONDER) {
      return List.of(trace.suite());
    }
    List<CipherSuite> offered = new ArrayList<>();
    trace
        .node()
        .path("suites_i")
        .forEach(value -> offered.add(CipherSuites.standard().require(value.asInt())));
    return offered;
  }

  /** Sends what the trace sends. */
  private final class Items implements EadPolicy {
    @Override
    public Set<Integer> knownLabels() {
      return LABELS;
    }

    @Override
    public EadHandler begin(Role own) {
      return new EadHandler() {
        @Override
        public EadItems toSend(EadField field) {
          try {
            return EadItems.decode(trace.value(field.name()));
          } catch (EdhocException wrong) {
            throw new AssertionError(wrong);
          }
        }
      };
    }
  }
}
