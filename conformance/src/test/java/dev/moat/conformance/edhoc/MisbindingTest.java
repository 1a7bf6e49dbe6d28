package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.key.PublicKey;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.IdentityPolicy;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both ends agree on who the other is: a key that is registered under two names, or that fits
 * someone else's signature, makes nobody believe to talk to the other name (RFC 9528, Appendix
 * D.2).
 */
class MisbindingTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  /** Mallory has registered Bob's public key as hers, and turns one name into the other. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-049")
  void aKeyOfTwoOwnersNamesOnlyTheOneThatAnswered(Cast cast) {
    Person thief = Cast.named("mallory", cast.bob().key(), cast.bob().kind());
    EdhocSettings settings = Honest.settings(cast, cast.alice(), cast.bob(), thief).build();
    InitiatorRun alice = Honest.initiator(settings, cast.method(), 1);
    SendMessage2 bob = Honest.responder(Honest.bob(cast), alice.message1(), 1);
    Bytes renamed = renamed(cast, bob.message2(), cast.bob(), thief);
    // The rest of the message and the key are Bob's: nothing but the name is wrong.
    assertThat(Honest.refused(alice.onMessage2(renamed, Honest.NOW)))
        .isEqualTo(Reason.AUTHENTICATION_FAILED);
    Bytes back = renamed(cast, renamed, thief, cast.bob());
    assertThat(Honest.sent(alice.onMessage2(back, Honest.NOW)).session().peer().credential())
        .contains(cast.bob().credential());
  }

  /** The keystream is added: who knows what is encrypted can change it to what they like. */
  static Bytes renamed(Cast cast, Bytes message2, Person from, Person to) {
    Bytes before = from.idCred().kid().orElseThrow();
    Bytes after = to.idCred().kid().orElseThrow();
    // Behind the head of the message, G_Y, C_R and the head of the kid.
    int start = 2 + cast.suite().curve().octets() + 1 + 1;
    byte[] octets = message2.toArray();
    for (int i = 0; i < before.length(); i++) {
      octets[start + i] ^= (byte) (before.at(i) ^ after.at(i));
    }
    return Bytes.owned(octets);
  }

  /** Mallory has registered Alice's public key as hers, even with Alice's identifier. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-049")
  @Tag("LK-045")
  void bothEndsNameTheSameTwoCredentials(Cast cast) {
    Person thief = sameKid("mallory", cast.alice());
    EdhocSettings settings = Honest.settings(cast, cast.bob(), thief, cast.alice()).build();
    Honest.Story story = Honest.story(Honest.alice(cast), settings, cast.method(), 2);
    assertThat(story.bob().peer().credential()).contains(cast.alice().credential());
    for (Role role : Role.values()) {
      assertThat(story.alice().credential(role)).isEqualTo(story.bob().credential(role));
    }
  }

  private static Person sameKid(String name, Person other) {
    Credential credential =
        Credential.ccsOf(name, other.key().publicKey().withKid(other.idCred().kid().orElseThrow()));
    return new Person(name, other.key(), credential, other.idCred(), other.kind());
  }

  /** The same key and name, with one claim more: other octets, another credential. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-045")
  void anotherEncodingOfACredentialIsAnotherCredential(Cast cast) throws Exception {
    Person otherBob = reEncoded(cast.bob());
    InitiatorRun alice =
        Honest.initiator(Honest.settings(cast, cast.alice(), otherBob).build(), cast.method(), 3);
    SendMessage2 bob = Honest.responder(Honest.bob(cast), alice.message1(), 3);
    assertThat(Honest.refused(alice.onMessage2(bob.message2(), Honest.NOW)))
        .isEqualTo(Reason.AUTHENTICATION_FAILED);

    InitiatorRun genuine = Honest.initiator(Honest.alice(cast), cast.method(), 4);
    EdhocSettings misled = Honest.settings(cast, cast.bob(), reEncoded(cast.alice())).build();
    SendMessage2 misledBob = Honest.responder(misled, genuine.message1(), 4);
    Bytes message3 = Honest.sent(genuine.onMessage2(misledBob.message2(), Honest.NOW)).message3();
    assertThat(Honest.refused(misledBob.run().onMessage3(message3, Honest.NOW)))
        .isEqualTo(Reason.AUTHENTICATION_FAILED);

    InitiatorRun both = Honest.initiator(settingsOf(cast, otherBob), cast.method(), 5);
    SendMessage2 agreed =
        Honest.responder(Honest.settings(cast, otherBob, cast.alice()).build(), both.message1(), 5);
    assertThat(Honest.sent(both.onMessage2(agreed.message2(), Honest.NOW))).isNotNull();
  }

  private static EdhocSettings settingsOf(Cast cast, Person bob) {
    return Honest.settings(cast, cast.alice(), bob).build();
  }

  private static Person reEncoded(Person person) throws Exception {
    PublicKey key = person.credential().key();
    Bytes claims =
        new CborWriter()
            .map(
                map ->
                    map.put(2, sub -> sub.text(person.name()))
                        .put(6, issuedAt -> issuedAt.integer(1_700_000_000))
                        .put(8, cnf -> cnf.map(c -> c.put(1, k -> k.encoded(key.encode())))))
            .toBytes();
    return new Person(
        person.name(), person.key(), Credential.ccs(claims), person.idCred(), person.kind());
  }

  /** Mallory is known and trusted, but is not whom this endpoint is to talk to. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-050")
  void talksOnlyToWhomThePolicyNames(Cast cast) {
    Cast withMallory =
        new Cast(cast.method(), cast.suite(), cast.alice(), cast.mallory(), cast.bob());
    EdhocSettings onlyBob =
        Honest.settings(cast, cast.alice(), cast.bob(), cast.mallory())
            .identityPolicy(IdentityPolicy.only(cast.bob().credential()))
            .build();
    InitiatorRun alice = Honest.initiator(onlyBob, cast.method(), 7);
    SendMessage2 mallory = Honest.responder(Honest.bob(withMallory), alice.message1(), 7);
    assertThat(Honest.refused(alice.onMessage2(mallory.message2(), Honest.NOW)))
        .isEqualTo(Reason.IDENTITY_REFUSED);
    SendMessage2 bob = Honest.responder(Honest.bob(cast), alice.message1(), 8);
    assertThat(Honest.sent(alice.onMessage2(bob.message2(), Honest.NOW))).isNotNull();

    EdhocSettings nobody =
        Honest.settings(cast, cast.bob(), cast.alice())
            .identityPolicy(IdentityPolicy.subjects("carol"))
            .build();
    InitiatorRun other = Honest.initiator(Honest.alice(cast), cast.method(), 9);
    SendMessage2 strict = Honest.responder(nobody, other.message1(), 9);
    Bytes message3 = Honest.sent(other.onMessage2(strict.message2(), Honest.NOW)).message3();
    assertThat(Honest.refused(strict.run().onMessage3(message3, Honest.NOW)))
        .isEqualTo(Reason.IDENTITY_REFUSED);
  }
}
