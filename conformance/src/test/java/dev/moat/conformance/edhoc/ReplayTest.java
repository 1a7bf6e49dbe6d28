package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of one session come again, in it and in others (RFC 9528, Sections 5.1 and 7). */
class ReplayTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-053")
  @Tag("LK-018")
  void aSessionThatIsOverTakesNothingMore(Cast cast) {
    Honest.Story story = Honest.story(Honest.alice(cast), Honest.bob(cast), cast.method(), 1);
    Bytes th4 = story.alice().th4().value();
    Bytes secret = Honest.secret(story.alice());
    for (Bytes message : story.capture().subList(1, 4)) {
      assertThat(Honest.refused(story.initiator().onMessage2(message, Honest.NOW)))
          .isEqualTo(Reason.SESSION_ENDED);
      assertThat(Honest.refused(story.initiator().onMessage4(message)))
          .isEqualTo(Reason.SESSION_ENDED);
      assertThat(Honest.refused(story.responder().onMessage3(message, Honest.NOW)))
          .isEqualTo(Reason.SESSION_ENDED);
    }
    assertThat(story.alice().th4().value()).isEqualTo(th4);
    assertThat(Honest.secret(story.bob())).isEqualTo(secret);
  }

  /** All that Bob once said does not make Alice believe that he is there now, and vice versa. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-042")
  @Tag("LK-053")
  void theTranscriptOfOneSessionCompletesNoOther(Cast cast) {
    Honest.Story old = Honest.story(Honest.alice(cast), Honest.bob(cast), cast.method(), 2);
    InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 3);
    assertThat(alice.onMessage2(old.message(2), Honest.NOW))
        .isInstanceOf(InitiatorStep.Rejected.class);

    SendMessage2 bob = Honest.responder(Honest.bob(cast), old.message(1), 3);
    assertThat(bob.message2()).isNotEqualTo(old.message(2));
    assertThat(Honest.refused(bob.run().onMessage3(old.message(3), Honest.NOW)))
        .isEqualTo(Reason.DECRYPTION_FAILED);

    SendMessage2 fresh = Honest.responder(Honest.bob(cast), alice.message1(), 4);
    Bytes message3 = Honest.sent(alice.onMessage2(fresh.message2(), Honest.NOW)).message3();
    assertThat(Honest.refused(alice.onMessage4(old.message(4))))
        .isEqualTo(Reason.DECRYPTION_FAILED);
    assertThat(fresh.run().onMessage3(old.message(3), Honest.NOW))
        .isInstanceOf(ResponderStep.Rejected.class);
    // Both go on where they were, and complete with what is new.
    ResponderStep.Completed last = Honest.completed(fresh.run().onMessage3(message3, Honest.NOW));
    Honest.assertEqual(
        Honest.completed(alice.onMessage4(last.message4().orElseThrow())), last.session());
    assertThat(last.session().th4()).isNotEqualTo(old.bob().th4());
  }
}
