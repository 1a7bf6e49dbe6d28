package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.schedule.Prk2e;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.PrkOut;
import dev.moat.edhoc.schedule.Th2;
import dev.moat.edhoc.schedule.Th3;
import dev.moat.edhoc.schedule.Th4;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long-term keys that are stolen open no session, past or future, to who only listened (RFC 9528,
 * Section 9.1); and what would open it is erased.
 */
class ForwardSecrecyTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-003")
  @Tag("LK-046")
  @Tag("LK-056")
  void transcriptAndBothLongTermKeysOpenNoSession(Cast cast) throws Exception {
    // The keys of the cast do not change: the second session is a later one.
    for (long seed = 1; seed <= 2; seed++) {
      Honest.Story story = Honest.story(Honest.alice(cast), Honest.bob(cast), cast.method(), seed);
      Bytes secret = Honest.secret(story.alice());
      Oracle stolen = new Oracle(cast, story);
      assertThat(stolen.guesses(stolen.longTermSecrets())).doesNotContain(secret);
      DhPrivateKey x = ephemeral(cast, seed);
      assertThat(stolen.guesses(List.of(stolen.shared(x, stolen.gY()))))
          .as("the same thief with the ephemeral key")
          .containsExactly(secret);
    }
  }

  private static DhPrivateKey ephemeral(Cast cast, long seed) {
    return Cast.PRIMITIVES.curves().generate(cast.suite().curve(), new InsecureSeededRandom(seed));
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-046")
  void aCompletedSessionHoldsNothingOlderThanItsOwnKeys(Cast cast) throws Exception {
    WatchedPrimitives alices = new WatchedPrimitives();
    WatchedPrimitives bobs = new WatchedPrimitives();
    Honest.Story story =
        Honest.story(
            watched(cast, cast.alice(), cast.bob(), alices),
            watched(cast, cast.bob(), cast.alice(), bobs),
            cast.method(),
            3);
    for (WatchedPrimitives side : List.of(alices, bobs)) {
      assertThat(side.count()).as("secrets that were computed").isGreaterThan(8);
      assertThat(side.alive()).as("PRK_out and PRK_exporter").hasSize(2);
      DhPrivateKey ephemeral = side.ephemerals().get(0);
      DhPublicKey peer =
          new Terms(Cast.PRIMITIVES, cast.method(), cast.suite(), KeyUse.OSCORE)
              .ephemeral(Message1.decode(story.message(1)).gX());
      assertThatThrownBy(() -> ephemeral.agree(peer)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(Honest.secret(story.alice())).isEqualTo(Honest.secret(story.bob()));
    story.alice().close();
    story.bob().close();
    // What Honest.secret exported is its own and erased there.
    assertThat(alices.alive()).isEmpty();
    assertThat(bobs.alive()).isEmpty();
  }

  /** An update leaves nothing from which the keys before it follow. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-057")
  void anUpdateErasesTheKeysBeforeIt(Cast cast) {
    WatchedPrimitives alices = new WatchedPrimitives();
    Honest.Story story =
        Honest.story(
            watched(cast, cast.alice(), cast.bob(), alices), Honest.bob(cast), cast.method(), 4);
    Bytes before = Honest.secret(story.alice());
    List<SecretBytes> old = alices.alive();
    story.alice().keyUpdate(Bytes.of(1));
    story.bob().keyUpdate(Bytes.of(1));
    assertThat(alices.alive()).hasSize(2).doesNotContainAnyElementsOf(old);
    assertThat(Honest.secret(story.alice()))
        .isEqualTo(Honest.secret(story.bob()))
        .isNotEqualTo(before);
  }

  private static EdhocSettings watched(
      Cast cast, Person own, Person peer, WatchedPrimitives watch) {
    Primitives primitives = watch.of(Cast.PRIMITIVES);
    return EdhocSettings.builder(primitives, List.of(cast.suite()), Set.of(cast.method()))
        .identities(Honest.identity(own))
        .peers(Honest.trusting(peer))
        .message4()
        .build();
  }

  /** Derives the OSCORE secret from a transcript, both long-term keys, and a guess of G_XY. */
  private static final class Oracle {
    private final Cast cast;
    private final Honest.Story story;
    private final Terms terms;

    Oracle(Cast cast, Honest.Story story) {
      this.cast = cast;
      this.story = story;
      this.terms = new Terms(Cast.PRIMITIVES, cast.method(), cast.suite(), KeyUse.OSCORE);
    }

    Bytes gX() throws EdhocException {
      return Message1.decode(story.message(1)).gX();
    }

    Bytes gY() throws EdhocException {
      return Message2.decode(story.message(2), cast.suite()).gY();
    }

    SecretBytes shared(DhPrivateKey key, Bytes point) throws EdhocException {
      return Terms.shared(key, terms.ephemeral(point));
    }

    /** Every secret that static keys have with every point in sight. */
    List<SecretBytes> longTermSecrets() throws EdhocException {
      List<SecretBytes> secrets = new ArrayList<>(List.of(SecretBytes.copyOf(new byte[32])));
      for (Person owner : List.of(cast.alice(), cast.bob())) {
        secrets.add(owner.key().d());
        if (owner.kind() == AuthenticationKind.STATIC_DH) {
          DhPrivateKey key = owner.staticKey(Cast.PRIMITIVES.curves());
          secrets.add(shared(key, gX()));
          secrets.add(shared(key, gY()));
        }
      }
      return secrets;
    }

    /** What each guess leads to, as far as messages open with it. */
    List<Bytes> guesses(List<SecretBytes> gXYs) throws EdhocException {
      List<Bytes> results = new ArrayList<>();
      for (SecretBytes gXY : gXYs) {
        derived(gXY).ifPresent(results::add);
      }
      return results;
    }

    private Optional<Bytes> derived(SecretBytes gXY) throws EdhocException {
      Message2 message2 = Message2.decode(story.message(2), cast.suite());
      Th2 th2 = Th2.of(terms.kdf(), message2.gY(), story.message(1));
      Prk2e prk2e = Prk2e.of(terms.kdf(), th2, gXY);
      Bytes plaintext2 = prk2e.applyKeystream2(message2.ciphertext2());
      // Whatever comes out, the thief goes on with it.
      Optional<SecretBytes> gRX = withStatic(Role.RESPONDER, cast.bob(), gX());
      Prk3e2m prk3e2m = gRX.map(prk2e::mixed).orElseGet(prk2e::carried);
      Th3 th3 = Th3.of(terms.kdf(), th2, plaintext2, cast.bob().credential().encoded());
      MessageKey key3 = prk3e2m.messageKey3(th3, cast.suite().aead());
      Bytes ciphertext3 = Message3.decode(story.message(3)).ciphertext3();
      Optional<MessageKey.Opened> opened =
          key3.open(Cast.PRIMITIVES.symmetric(), th3.value(), ciphertext3);
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      Optional<SecretBytes> gIY = withStatic(Role.INITIATOR, cast.alice(), gY());
      Prk4e3m prk4e3m = gIY.map(secret -> prk3e2m.mixed(th3, secret)).orElseGet(prk3e2m::carried);
      Bytes credential = cast.alice().credential().encoded();
      Th4 th4 = Th4.of(terms.kdf(), th3, opened.get().plaintext(), credential);
      try (PrkOut prkOut = prk4e3m.prkOut(th4);
          SecretBytes secret =
              prkOut.exporter(0, Bytes.empty(), cast.suite().applicationAead().keyOctets())) {
        return Optional.of(secret.use(Bytes::copyOf));
      }
    }

    private Optional<SecretBytes> withStatic(Role role, Person owner, Bytes point)
        throws EdhocException {
      return cast.method().of(role) == AuthenticationKind.STATIC_DH
          ? Optional.of(shared(owner.staticKey(Cast.PRIMITIVES.curves()), point))
          : Optional.empty();
    }
  }
}
