package dev.moat.cost.device;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cost.measure.MeasurementFailure;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * EDHOC between two sides in memory, with credentials by reference (kid of one octet) and
 * connection identifiers of one octet. Closing erases the keys.
 */
final class MemoryHandshake implements AutoCloseable {
  private static final ConnectionId C_I = ConnectionId.of(0x37);
  private static final ConnectionId C_R = ConnectionId.of(0x27);
  private static final Bytes PSK_KID = Bytes.of(0x2b);

  private final Method method;
  private final CipherSuite suite;
  private final RandomSource random;
  private final Instant now;
  private final List<AutoCloseable> keys = new ArrayList<>();
  private final EdhocSettings initiator;
  private final EdhocSettings responder;
  private int credentialOctets;

  /**
   * Makes the keys of both sides.
   *
   * @param ofInitiator computes for the initiator; {@code ofResponder} likewise
   */
  MemoryHandshake(
      Method method,
      CipherSuite suite,
      Primitives ofInitiator,
      Primitives ofResponder,
      RandomSource random) {
    this.method = method;
    this.suite = suite;
    this.random = random;
    this.now = Instant.EPOCH;
    if (method == Method.PSK) {
      try (SecretBytes key = SecretBytes.random(PskCredential.LEAST_OCTETS, random)) {
        this.initiator = shared(ofInitiator, key, "device", "network");
        this.responder = shared(ofResponder, key, "network", "device");
      }
    } else {
      Own device = own(Role.INITIATOR, ofInitiator, 0x2b);
      Own network = own(Role.RESPONDER, ofResponder, 0x32);
      this.initiator = known(ofInitiator, device, network);
      this.responder = known(ofResponder, network, device);
    }
  }

  private record Own(Identity identity, Credential credential) {}

  /** Wraps every step of a side, to time it for instance. */
  @FunctionalInterface
  interface Meter {
    <T> T of(Role role, Supplier<T> step);

    /** Steps that nobody looks at. */
    static Meter none() {
      return new Meter() {
        @Override
        public <T> T of(Role role, Supplier<T> step) {
          return step.get();
        }
      };
    }
  }

  /** What a complete handshake sent. */
  record Messages(Bytes message1, Bytes message2, Bytes message3) {}

  /** The size of either side's credential as it is hashed. */
  int credentialOctets() {
    return credentialOctets;
  }

  /** The initiator with message_1 out. */
  InitiatorRun begin() {
    return InitiatorRun.begin(initiator, method, C_I, random);
  }

  /** The responder with message_2 out. */
  ResponderStep receive(Bytes message1) {
    return ResponderRun.receive(responder, message1, cI -> C_R, random);
  }

  /** Runs from message_1 to a session on both sides. */
  Messages run(Meter meter) {
    InitiatorRun run = meter.of(Role.INITIATOR, this::begin);
    Bytes message1 = run.message1();
    ResponderStep second = meter.of(Role.RESPONDER, () -> receive(message1));
    if (!(second instanceof ResponderStep.SendMessage2 sent)) {
      throw failure("message_1", second);
    }
    InitiatorStep third = meter.of(Role.INITIATOR, () -> run.onMessage2(sent.message2(), now));
    if (!(third instanceof InitiatorStep.SendMessage3 last)) {
      throw failure("message_2", third);
    }
    ResponderStep end = meter.of(Role.RESPONDER, () -> sent.run().onMessage3(last.message3(), now));
    if (!(end instanceof ResponderStep.Completed completed)) {
      throw failure("message_3", end);
    }
    last.session().close();
    completed.session().close();
    return new Messages(message1, sent.message2(), last.message3());
  }

  private MeasurementFailure failure(String message, Object step) {
    return new MeasurementFailure("EDHOC method " + method.value(), message, "led to " + step);
  }

  private EdhocSettings shared(Primitives primitives, SecretBytes key, String own, String peer) {
    PskCredential credential = PskCredential.external(PSK_KID, key, own, peer, suite.hash());
    keys.add(credential);
    return builder(primitives).psks(PskStore.of(credential)).build();
  }

  private Own own(Role role, Primitives primitives, int kid) {
    boolean signs = method.of(role) == AuthenticationKind.SIGNATURE;
    KeyCurve curve = signs ? KeyCurve.of(suite.signature()) : KeyCurve.of(suite.curve());
    try (PrivateKey key = PrivateKey.generate(curve, primitives.curves(), random)) {
      Bytes name = Bytes.of(kid);
      Credential credential = Credential.ccsOf(role.name(), key.publicKey().withKid(name));
      credentialOctets = Math.max(credentialOctets, credential.encoded().length());
      return new Own(identity(primitives, IdCred.kid(name), credential, key, signs), credential);
    } catch (CoseException impossible) {
      throw new IllegalStateException("a fresh key is refused", impossible);
    }
  }

  private Identity identity(
      Primitives primitives, IdCred name, Credential credential, PrivateKey key, boolean signs)
      throws CoseException {
    if (signs) {
      var signing = key.signing(primitives.curves());
      keys.add(signing);
      return Identity.signing(name, credential, signing);
    }
    var agreement = key.agreement(primitives.curves());
    keys.add(agreement);
    return Identity.staticDh(name, credential, agreement);
  }

  private EdhocSettings known(Primitives primitives, Own own, Own peer) {
    return builder(primitives)
        .identities(own.identity())
        .peers(PinnedCredentials.of(primitives.symmetric(), peer.credential()))
        .build();
  }

  private EdhocSettings.Builder builder(Primitives primitives) {
    return EdhocSettings.builder(primitives, List.of(suite), Set.of(method));
  }

  @Override
  public void close() {
    for (AutoCloseable key : keys) {
      try {
        key.close();
      } catch (Exception broken) {
        throw new IllegalStateException("a key cannot be erased", broken);
      }
    }
  }
}
