package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Honest endpoints: the runs that every application uses. */
final class Honest {
  static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  static final ConnectionId C_I = ConnectionId.of(0x0e);
  static final ConnectionId C_R = ConnectionId.of(0x27);

  private Honest() {}

  /** Settings of {@code own}, who trusts these people and uses message_4. */
  static EdhocSettings.Builder settings(Cast cast, Person own, Person... trusted) {
    return EdhocSettings.builder(Cast.PRIMITIVES, List.of(cast.suite()), Set.of(cast.method()))
        .identities(identity(own))
        .peers(trusting(trusted))
        .message4();
  }

  static Identity identity(Person own) {
    return own.identity(Cast.PRIMITIVES.curves());
  }

  static PinnedCredentials trusting(Person... people) {
    Credential[] credentials = Stream.of(people).map(Person::credential).toArray(Credential[]::new);
    return PinnedCredentials.of(Cast.PRIMITIVES.symmetric(), credentials);
  }

  static EdhocSettings alice(Cast cast) {
    return settings(cast, cast.alice(), cast.bob()).build();
  }

  static EdhocSettings bob(Cast cast) {
    return settings(cast, cast.bob(), cast.alice()).build();
  }

  static InitiatorRun initiator(EdhocSettings settings, Method method, long seed) {
    return InitiatorRun.begin(settings, method, C_I, new InsecureSeededRandom(seed));
  }

  static ResponderStep receive(EdhocSettings settings, Bytes message1, long seed) {
    return receive(settings, message1, new InsecureSeededRandom(-1 - seed));
  }

  static ResponderStep receive(EdhocSettings settings, Bytes message1, RandomSource random) {
    return ResponderRun.receive(settings, message1, cI -> C_R, random);
  }

  /** A responder that has answered a message_1. */
  static ResponderStep.SendMessage2 responder(EdhocSettings settings, Bytes message1, long seed) {
    return answered(receive(settings, message1, seed));
  }

  /** The session of these two, undisturbed. */
  static Story story(EdhocSettings alice, EdhocSettings bob, Method method, long seed) {
    return story(initiator(alice, method, seed), bob, seed);
  }

  static Story story(InitiatorRun initiator, EdhocSettings bob, long seed) {
    ResponderStep.SendMessage2 responder = responder(bob, initiator.message1(), seed);
    InitiatorStep.SendMessage3 third = sent(initiator.onMessage2(responder.message2(), NOW));
    ResponderStep.Completed last = completed(responder.run().onMessage3(third.message3(), NOW));
    last.message4().ifPresent(message4 -> completed(initiator.onMessage4(message4)));
    return new Story(
        initiator,
        responder.run(),
        List.of(initiator.message1(), responder.message2(), third.message3()),
        last.message4(),
        third.session(),
        last.session());
  }

  /** What went over the wire, and what both have of it. */
  record Story(
      InitiatorRun initiator,
      ResponderRun responder,
      List<Bytes> messages,
      Optional<Bytes> message4,
      EdhocSession alice,
      EdhocSession bob) {
    Bytes message(int number) {
      return number == 4 ? message4.orElseThrow() : messages.get(number - 1);
    }

    List<Bytes> capture() {
      return Stream.concat(messages.stream(), message4.stream()).toList();
    }
  }

  static ResponderStep.SendMessage2 answered(ResponderStep step) {
    return as(ResponderStep.SendMessage2.class, step);
  }

  static InitiatorStep.SendMessage3 sent(InitiatorStep step) {
    return as(InitiatorStep.SendMessage3.class, step);
  }

  static ResponderStep.Completed completed(ResponderStep step) {
    return as(ResponderStep.Completed.class, step);
  }

  static EdhocSession completed(InitiatorStep step) {
    return as(InitiatorStep.Completed.class, step).session();
  }

  static Reason refused(InitiatorStep step) {
    return as(InitiatorStep.Rejected.class, step).why().reason();
  }

  static Reason refused(ResponderStep step) {
    return as(ResponderStep.Rejected.class, step).why().reason();
  }

  private static <T> T as(Class<T> expected, Object step) {
    assertThat(step).isInstanceOf(expected);
    return expected.cast(step);
  }

  /** Both have the same session and the same keys. */
  static void assertEqual(EdhocSession one, EdhocSession other) {
    assertThat(one.th4()).isEqualTo(other.th4());
    assertThat(secret(one)).isEqualTo(secret(other));
    assertThat(one.method()).isEqualTo(other.method());
    assertThat(one.suite()).isEqualTo(other.suite());
    assertThat(one.cI()).isEqualTo(other.cI());
    assertThat(one.cR()).isEqualTo(other.cR());
  }

  /** The OSCORE Master Secret (RFC 9528, Appendix A.1). */
  static Bytes secret(EdhocSession session) {
    int octets = session.suite().applicationAead().keyOctets();
    try (SecretBytes secret = session.exporter(0, Bytes.empty(), octets)) {
      return secret.use(Bytes::copyOf);
    }
  }

  /** {@code message} with one bit changed. */
  static Bytes flipped(Bytes message, int at, int bit) {
    byte[] octets = message.toArray();
    octets[at] ^= (byte) (1 << bit);
    return Bytes.owned(octets);
  }

  static boolean contains(Bytes haystack, Bytes needle) {
    return haystack.toHex().contains(needle.toHex());
  }
}
