package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.run.EadField;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** External authorization data is as safe as the message that it travels in (RFC 9528, 3.8). */
class EadProtectionTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  private final Notes aliceNotes = new Notes();
  private final Notes bobNotes = new Notes();

  private EdhocSettings alice(Cast cast) {
    return Honest.settings(cast, cast.alice(), cast.bob()).eadPolicy(aliceNotes).build();
  }

  private EdhocSettings bob(Cast cast) {
    return Honest.settings(cast, cast.bob(), cast.alice()).eadPolicy(bobNotes).build();
  }

  private static Bytes voucher(EadField field) {
    return Bytes.utf8("a voucher in " + field.name());
  }

  private void everyFieldHasOne() {
    for (EadField field : EadField.values()) {
      boolean toBob = field == EadField.EAD_1 || field == EadField.EAD_3;
      Notes unused =
          (toBob ? aliceNotes : bobNotes)
              .sending(field, EadItem.critical(Notes.LABEL, voucher(field)));
    }
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-082")
  void anyItemsArriveAsTheyWereSent(Cast cast) {
    Seeded.check(
        4,
        arbitrary -> {
          for (EadField field : EadField.values()) {
            boolean toBob = field == EadField.EAD_1 || field == EadField.EAD_3;
            EadItem item = EadItem.of(arbitrary.between(1, 65_535), arbitrary.bytes(300));
            Notes receiver = new Notes();
            Notes sending = new Notes().sending(field, item);
            Honest.Story story =
                Honest.story(
                    Honest.settings(cast, cast.alice(), cast.bob())
                        .eadPolicy(toBob ? sending : receiver)
                        .build(),
                    Honest.settings(cast, cast.bob(), cast.alice())
                        .eadPolicy(toBob ? receiver : sending)
                        .build(),
                    cast.method(),
                    1);
            assertThat(receiver.received(field)).containsExactly(item);
            Honest.assertEqual(story.alice(), story.bob());
          }
        });
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-085")
  @Tag("LK-086")
  @Tag("LK-087")
  void onlyTheFirstFlightIsReadable(Cast cast) {
    everyFieldHasOne();
    Honest.Story story = Honest.story(alice(cast), bob(cast), cast.method(), 2);
    for (EadField field : EadField.values()) {
      Bytes message = story.message(field.ordinal() + 1);
      assertThat(Honest.contains(message, voucher(field)))
          .as("%s in the capture", field)
          .isEqualTo(field == EadField.EAD_1);
    }
    // EAD_2 and EAD_3 are handed over twice: as a claim, and once it is known from whom.
    assertThat(bobNotes.all()).extracting(Notes.Note::verified).containsExactly(false, false, true);
    assertThat(aliceNotes.all())
        .extracting(Notes.Note::verified)
        .containsExactly(false, true, true);
  }

  /** Every bit of the item in EAD_1, and every octet of the messages with EAD_2 to EAD_4. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-083")
  @Tag("LK-085")
  @Tag("LK-086")
  @Tag("LK-087")
  @Tag("LK-088")
  void aChangedItemIsNoticed(Cast cast) throws Exception {
    everyFieldHasOne();
    InitiatorRun alice = Honest.initiator(alice(cast), cast.method(), 3);
    Message1 m = Message1.decode(alice.message1());
    EadItems other = EadItems.of(EadItem.critical(Notes.LABEL, Bytes.utf8("another voucher")));
    for (EadItems changed : List.of(other, EadItems.none())) {
      Bytes message1 = new Message1(m.method(), m.suites(), m.gX(), m.cI(), changed).encoded();
      SendMessage2 fooled = Honest.responder(bob(cast), message1, 3);
      assertThat(alice.onMessage2(fooled.message2(), Honest.NOW))
          .isInstanceOf(InitiatorStep.Rejected.class);
    }
    SendMessage2 bob = Honest.responder(bob(cast), alice.message1(), 3);
    for (Bytes changed : changedAtTheEnd(bob.message2())) {
      assertThat(alice.onMessage2(changed, Honest.NOW)).isInstanceOf(InitiatorStep.Rejected.class);
    }
    Bytes message3 = Honest.sent(alice.onMessage2(bob.message2(), Honest.NOW)).message3();
    for (Bytes changed : changedAtTheEnd(message3)) {
      assertThat(bob.run().onMessage3(changed, Honest.NOW))
          .isInstanceOf(ResponderStep.Rejected.class);
    }
    Bytes message4 =
        Honest.completed(bob.run().onMessage3(message3, Honest.NOW)).message4().orElseThrow();
    for (Bytes changed : changedAtTheEnd(message4)) {
      assertThat(alice.onMessage4(changed)).isInstanceOf(InitiatorStep.Rejected.class);
    }
    assertThat(Honest.completed(alice.onMessage4(message4)).isConfirmed()).isTrue();
  }

  /** The message with one bit changed in each of the last octets, where the item stands. */
  private static List<Bytes> changedAtTheEnd(Bytes message) {
    List<Bytes> changed = new ArrayList<>();
    int item = voucher(EadField.EAD_1).length() + 4;
    for (int at = message.length() - item; at < message.length(); at++) {
      changed.add(Honest.flipped(message, at, at % 8));
    }
    return changed;
  }

  /** The keys depend on what was sent, and on both ends in the same way. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-083")
  void itemsArePartOfTheTranscript(Cast cast) {
    Honest.Story without = Honest.story(alice(cast), bob(cast), cast.method(), 4);
    everyFieldHasOne();
    Honest.Story with = Honest.story(alice(cast), bob(cast), cast.method(), 4);
    Honest.assertEqual(without.alice(), without.bob());
    Honest.assertEqual(with.alice(), with.bob());
    assertThat(with.alice().th4()).isNotEqualTo(without.alice().th4());
  }

  @Test
  @Tag("LK-088")
  void aResponderThatIsNobodyGetsNoItem() {
    Cast cast = Cast.of(3, 2);
    everyFieldHasOne();
    InitiatorRun alice = Honest.initiator(alice(cast), cast.method(), 5);
    Cast fake = new Cast(cast.method(), cast.suite(), cast.alice(), cast.mallory(), cast.bob());
    SendMessage2 mallory = Honest.responder(bob(fake), alice.message1(), 5);
    assertThat(alice.onMessage2(mallory.message2(), Honest.NOW))
        .as("no message_3, in which the item would be")
        .isInstanceOf(InitiatorStep.Rejected.class);
    SendMessage2 bob = Honest.responder(bob(cast), alice.message1(), 5);
    Bytes message3 = Honest.sent(alice.onMessage2(bob.message2(), Honest.NOW)).message3();
    assertThat(Honest.completed(bob.run().onMessage3(message3, Honest.NOW))).isNotNull();
    assertThat(bobNotes.all()).extracting(Notes.Note::field).contains(EadField.EAD_3);
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-090")
  void theApplicationStopsAtTheFirstMessageItDeniesBeforeAnythingElseIsSent(Cast cast) {
    Notes deniesAtOnce = new Notes().denying(EadField.EAD_1);
    InitiatorRun alice = Honest.initiator(alice(cast), cast.method(), 6);
    EdhocSettings denying =
        Honest.settings(cast, cast.bob(), cast.alice()).eadPolicy(deniesAtOnce).build();
    assertThat(Honest.refused(Honest.receive(denying, alice.message1(), 6)))
        .isEqualTo(Reason.EAD_REFUSED);
    assertThat(deniesAtOnce.all()).hasSize(1);

    Notes deniesLater = new Notes().denying(EadField.EAD_2);
    InitiatorRun wary =
        Honest.initiator(
            Honest.settings(cast, cast.alice(), cast.bob()).eadPolicy(deniesLater).build(),
            cast.method(),
            7);
    SendMessage2 bob = Honest.responder(bob(cast), wary.message1(), 7);
    assertThat(Honest.refused(wary.onMessage2(bob.message2(), Honest.NOW)))
        .isEqualTo(Reason.EAD_REFUSED);
    // Those who do not deny complete with the same messages.
    Honest.Story story = Honest.story(alice(cast), bob(cast), cast.method(), 8);
    Honest.assertEqual(story.alice(), story.bob());
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-084")
  void anUnknownCriticalItemEndsItAndAnyOtherUnknownDoesNot(Cast cast) throws Exception {
    for (EadField field : EadField.values()) {
      boolean toBob = field == EadField.EAD_1 || field == EadField.EAD_3;
      Reason refused = refusal(cast, field, toBob, EadItem.critical(801, voucher(field)));
      assertThat(refused).isEqualTo(Reason.UNKNOWN_CRITICAL_EAD);
      assertThat(refused.isAnswered()).isTrue();
    }
    for (EadField field : EadField.values()) {
      boolean toBob = field == EadField.EAD_1 || field == EadField.EAD_3;
      Notes sending = new Notes().sending(field, EadItem.of(801, voucher(field)));
      Honest.Story story =
          Honest.story(
              withNotes(cast, toBob ? sending : new Notes()),
              Honest.settings(cast, cast.bob(), cast.alice())
                  .eadPolicy(toBob ? new Notes() : sending)
                  .build(),
              cast.method(),
              9);
      Honest.assertEqual(story.alice(), story.bob());
    }
  }

  private static EdhocSettings withNotes(Cast cast, Notes notes) {
    return Honest.settings(cast, cast.alice(), cast.bob()).eadPolicy(notes).build();
  }

  /** Runs until someone refuses, and returns why. */
  private static Reason refusal(Cast cast, EadField field, boolean toBob, EadItem item) {
    Notes sending = new Notes().sending(field, item);
    EdhocSettings bobs =
        Honest.settings(cast, cast.bob(), cast.alice())
            .eadPolicy(toBob ? new Notes() : sending)
            .build();
    InitiatorRun alice =
        Honest.initiator(withNotes(cast, toBob ? sending : new Notes()), cast.method(), 10);
    ResponderStep first = Honest.receive(bobs, alice.message1(), 10);
    if (field == EadField.EAD_1) {
      return Honest.refused(first);
    }
    InitiatorStep second = alice.onMessage2(Honest.answered(first).message2(), Honest.NOW);
    if (field == EadField.EAD_2) {
      return Honest.refused(second);
    }
    ResponderStep third =
        Honest.answered(first).run().onMessage3(Honest.sent(second).message3(), Honest.NOW);
    return field == EadField.EAD_3
        ? Honest.refused(third)
        : Honest.refused(alice.onMessage4(Honest.completed(third).message4().orElseThrow()));
  }
}
