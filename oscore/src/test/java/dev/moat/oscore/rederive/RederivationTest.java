package dev.moat.oscore.rederive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestForm;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.NonceLedger;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** RFC 8613, Appendix B.2. */
final class RederivationTest {
  private final NonceLedger ledger = new NonceLedger();
  private final RandomSource random = new InsecureSeededRandom(82);
  private final RederivationInputs client = inputs(FreshContexts.inMemory(ledger));
  private final Server server = new Server(ledger, random);

  private RederivationInputs inputs(FreshContexts contexts) {
    return new RederivationInputs(Messages.client(), ledger, random, contexts);
  }

  private AwaitingChallenge begin() throws RekeyException {
    return client.begin(Messages.get());
  }

  private AwaitingConfirmation second() throws RekeyException {
    AwaitingChallenge first = begin();
    return first.receive(server.receive(first.outer().orElseThrow()), Messages.get());
  }

  private SecurityContext run() throws RekeyException {
    AwaitingConfirmation second = second();
    return second.receive(server.receive(second.outer())).context();
  }

  private Response ask(SecurityContext context) throws OscoreException {
    try (Protector protector = new Protector(ledger)) {
      ProtectedRequest sent = protector.protectRequest(context, Messages.get());
      Response answer = server.receive(sent.outer());
      return Server.isProtected(answer)
          ? protector.unprotectResponse(sent.binding(), answer).inner()
          : answer;
    }
  }

  private static void assertRefused(Executable step, Reason reason) {
    assertThatThrownBy(step::execute)
        .isInstanceOfSatisfying(
            RekeyException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Nested
  class Figure14 {
    @Test
    void givesBothEndsAContextThatNobodyHadBefore() throws Exception {
      SecurityContext context = run();

      assertThat(context.idContext()).get().extracting(Bytes::length).isEqualTo(24);
      assertThat(server.table.all()).hasSize(1);
      assertThat(server.table.all().get(0).idContext()).isEqualTo(context.idContext());
      assertThat(ask(context)).isEqualTo(Messages.content());
      assertThat(server.served).as("request #2 and one more").isEqualTo(2);
    }

    @Test
    void wrapsTheKidContexts() throws Exception {
      AwaitingChallenge first = begin();
      Request one = first.outer().orElseThrow();
      Response challenge = server.receive(one);
      AwaitingConfirmation second = first.receive(challenge, Messages.get());

      Bytes id1 = kidContext(Messages.option(one));
      Bytes r2 = kidContext(Messages.option(challenge));
      Bytes id3 = kidContext(Messages.option(second.outer()));
      assertThat(id1.at(0)).isEqualTo(0x48);
      assertThat(r2.at(0)).isEqualTo(0x50);
      assertThat(id3.slice(0, 2)).isEqualTo(Bytes.of(0x58, 24));
      assertThat(id3.slice(2, 18)).isEqualTo(r2.slice(1, 17));
    }

    private Bytes kidContext(Bytes option) throws OscoreException {
      return OscoreOption.decode(option).kidContext().orElseThrow();
    }

    @Test
    void replacesTheContextBefore() throws Exception {
      SecurityContext before = run();
      SecurityContext serversBefore = server.table.all().get(0);
      SecurityContext after = run();

      assertThat(serversBefore.isClosed()).isTrue();
      assertThat(server.table.all()).hasSize(1);
      assertThat(ask(before).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(ask(after)).isEqualTo(Messages.content());
      assertThat(before.fingerprint()).isNotEqualTo(after.fingerprint());
    }

    @Test
    void keepsTheContextBeforeUntilRequest2() throws Exception {
      SecurityContext before = run();
      AwaitingConfirmation second = second();

      assertThat(ask(before)).isEqualTo(Messages.content());
      var unused = second.receive(server.receive(second.outer()));
      assertThat(ask(before).code()).isEqualTo(Code.UNAUTHORIZED);
    }

    @Test
    void replacesAContextThatWasConfigured() throws Exception {
      Server other = new Server(ledger, random, FreshContexts.inMemory(ledger));
      SecurityContext configured = FreshContexts.unrecorded(Server.parameters(), ledger);
      other.table.add(configured);
      other.rederivation.serve(Server.parameters(), configured);
      AwaitingChallenge first = begin();
      AwaitingConfirmation second =
          first.receive(other.receive(first.outer().orElseThrow()), Messages.get());

      assertThat(configured.isClosed()).isFalse();
      assertThat(Server.isProtected(other.receive(second.outer()))).isTrue();
      assertThat(configured.isClosed()).isTrue();
      assertThat(other.table.all()).doesNotContain(configured);
    }

    @Test
    void goesOnFromAnOrdinaryRequestWhenTheServerLostItsContext() throws Exception {
      SecurityContext context = run();
      Server restarted = new Server(ledger, random);
      Bytes wrapped = KidContexts.wrap(context.idContext().orElseThrow());
      try (Protector protector = new Protector(ledger)) {
        ProtectedRequest ordinary =
            protector.protectRequest(
                context, Messages.get(), RequestForm.STANDARD.withKidContext(wrapped));
        AwaitingChallenge challenged = client.after(ordinary.binding());
        assertThat(challenged.outer()).isEmpty();
        AwaitingConfirmation second =
            challenged.receive(restarted.receive(ordinary.outer()), Messages.get());

        assertThat(second.receive(restarted.receive(second.outer())).response())
            .isEqualTo(Messages.content());
      }
      assertThat(restarted.served).as("the ordinary request is not acted on").isEqualTo(1);
    }

    @Test
    void cannotGoOnFromARequestWithoutIdContext() throws Exception {
      try (Protector protector = new Protector(ledger);
          SecurityContext context = FreshContexts.unrecorded(Messages.client(), ledger)) {
        ProtectedRequest sent = protector.protectRequest(context, Messages.get());

        assertThatIllegalArgumentException().isThrownBy(() -> client.after(sent.binding()));
      }
    }
  }

  @Nested
  class Replay {
    @Test
    void request1IsNeverActedOn() throws Exception {
      Request first = begin().outer().orElseThrow();
      for (int i = 0; i < 5; i++) {
        assertThat(Server.isProtected(server.receive(first))).isTrue();
      }
      assertThat(server.served).isZero();
      assertThat(server.table.all()).isEmpty();
    }

    @Test
    void request2CountsOnce() throws Exception {
      AwaitingConfirmation second = second();
      var unused = server.receive(second.outer());

      assertThat(server.receive(second.outer()).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(server.served).isEqualTo(1);
    }

    @Test
    void request2OfAnEarlierRunOpensNothing() throws Exception {
      AwaitingConfirmation earlier = second();
      Bytes challengeBefore = Messages.option(earlier.outer());
      SecurityContext context = run();
      Response answer = server.receive(earlier.outer());

      assertThat(server.table.all()).hasSize(1);
      assertThat(server.served).isEqualTo(1);
      assertThat(Messages.option(answer)).as("a new challenge").isNotEqualTo(challengeBefore);
      assertRefused(() -> earlier.receive(answer), Reason.NOT_VERIFIED);
      assertThat(ask(context)).isEqualTo(Messages.content());
    }

    @Test
    void request2AfterARestartIsOnlyChallenged() throws Exception {
      AwaitingConfirmation second = second();
      var unused = server.receive(second.outer());
      Server restarted = new Server(ledger, random);
      Response answer = restarted.receive(second.outer());

      assertThat(Server.isProtected(answer)).isTrue();
      assertThat(restarted.served).isZero();
      assertThat(restarted.table.all()).isEmpty();
    }

    @Test
    void response1OfAnotherRunIsRefused() throws Exception {
      Response other = server.receive(begin().outer().orElseThrow());
      AwaitingChallenge first = begin();

      assertRefused(() -> first.receive(other, Messages.get()), Reason.NOT_VERIFIED);
      var unused = first.receive(server.receive(first.outer().orElseThrow()), Messages.get());
    }

    @Test
    void response2OfAnotherRunIsRefused() throws Exception {
      AwaitingConfirmation one = second();
      Response other = server.receive(one.outer());
      AwaitingConfirmation second = second();

      assertRefused(() -> second.receive(other), Reason.NOT_VERIFIED);
      var unused = second.receive(server.receive(second.outer()));
    }

    @Test
    void aChallengeExpires() throws Exception {
      AwaitingConfirmation second = second();
      long late = RederivationServer.DEFAULT_CHALLENGE_LIFETIME.toNanos();
      Response answer = server.receive(second.outer(), late);

      assertThat(server.table.all()).isEmpty();
      assertRefused(() -> second.receive(answer), Reason.NOT_VERIFIED);
    }

    @Test
    void aChallengeLivesUntilThen() throws Exception {
      AwaitingConfirmation second = second();
      long justInTime = RederivationServer.DEFAULT_CHALLENGE_LIFETIME.toNanos() - 1;

      var unused = second.receive(server.receive(second.outer(), justInTime));
      assertThat(server.table.all()).hasSize(1);
    }
  }

  @Nested
  class Randomness {
    @Test
    void theThirdContextIsNeverTheSecond() throws Exception {
      RandomSource stuck = target -> {};
      RederivationInputs poor =
          new RederivationInputs(Messages.client(), ledger, stuck, FreshContexts.inMemory(ledger));
      AwaitingChallenge first = poor.begin(Messages.get());
      Request one = first.outer().orElseThrow();
      Response challenge = server.receive(one);
      AwaitingConfirmation second = first.receive(challenge, Messages.get());

      SecurityContext third = second.receive(server.receive(second.outer())).context();
      Bytes id1 = unwrapped(Messages.option(one));
      Bytes r2 = unwrapped(Messages.option(challenge));
      assertThat(third.idContext().orElseThrow()).isNotEqualTo(r2.plus(id1));
    }

    private static Bytes unwrapped(Bytes option) throws OscoreException {
      return OscoreOption.decode(option).kidContext().flatMap(KidContexts::unwrap).orElseThrow();
    }

    @Test
    void anExpiredChallengeKeyIsReplaced() throws Exception {
      long late = RederivationServer.DEFAULT_CHALLENGE_LIFETIME.toNanos();
      AwaitingConfirmation before = second();
      AwaitingChallenge first = begin();
      AwaitingConfirmation second =
          first.receive(server.receive(first.outer().orElseThrow(), late), Messages.get());
      var unused = server.receive(before.outer(), late);
      assertThat(server.table.all()).isEmpty();

      var confirmed = second.receive(server.receive(second.outer(), late));
      assertThat(server.table.all()).hasSize(1);
    }
  }

  @Nested
  class Forgery {
    @Test
    void damagedRequest1IsRefused() throws Exception {
      Request first = begin().outer().orElseThrow();
      for (Request damaged : Messages.damaged(first)) {
        assertThat(Server.isProtected(server.receive(damaged))).as("%s", damaged).isFalse();
      }
    }

    @Test
    void damagedRequest2IsRefusedAndTheGenuineOneStillCounts() throws Exception {
      AwaitingConfirmation second = second();
      for (Request damaged : Messages.damaged(second.outer())) {
        assertThat(Server.isProtected(server.receive(damaged))).as("%s", damaged).isFalse();
      }
      assertThat(server.table.all()).isEmpty();
      assertThat(second.receive(server.receive(second.outer())).response())
          .isEqualTo(Messages.content());
    }

    @Test
    void damagedResponse1IsRefusedAndTheGenuineOneStillCounts() throws Exception {
      AwaitingChallenge first = begin();
      Response genuine = server.receive(first.outer().orElseThrow());
      for (Response damaged : Messages.damaged(genuine)) {
        assertThatThrownBy(() -> first.receive(damaged, Messages.get()))
            .isInstanceOf(RekeyException.class);
      }
      var unused = first.receive(genuine, Messages.get());
    }

    @Test
    void damagedResponse2IsRefusedAndTheGenuineOneStillCounts() throws Exception {
      AwaitingConfirmation second = second();
      Response genuine = server.receive(second.outer());
      for (Response damaged : Messages.damaged(genuine)) {
        assertThatThrownBy(() -> second.receive(damaged)).isInstanceOf(RekeyException.class);
      }
      var unused = second.receive(genuine);
    }

    @Test
    void unprotectedAnswersAreRefused() throws Exception {
      AwaitingChallenge first = begin();
      assertRefused(
          () -> first.receive(Response.of(Code.UNAUTHORIZED), Messages.get()),
          Reason.BAD_KID_CONTEXT);
      AwaitingConfirmation second = second();
      assertRefused(() -> second.receive(Response.of(Code.CONTENT)), Reason.NOT_VERIFIED);
    }

    @Test
    void aServerWithOtherParametersIsRefused() throws Exception {
      Server impostor = new Server(ledger, random, FreshContexts.inMemory(ledger));
      impostor.rederivation.serve(Server.parameters().toBuilder().masterSalt(Bytes.of(1)).build());
      AwaitingChallenge first = begin();

      assertThat(Server.isProtected(impostor.receive(first.outer().orElseThrow()))).isFalse();
    }
  }

  @Nested
  class Bystanders {
    @Test
    void requestsOfNoConcernPass() throws Exception {
      List<Request> others = new ArrayList<>();
      others.add(Messages.get());
      Request first = begin().outer().orElseThrow();
      others.add(Messages.withOption(first, Bytes.of(0xff)));
      others.add(Messages.withOption(first, Bytes.hex("0900")));
      others.add(Messages.withOption(first, Bytes.hex("090001")));
      others.add(Messages.withOption(first, Bytes.hex("19000141aa07")));
      others.add(Messages.withOption(first, Bytes.hex("1900020102").plus(Bytes.of(1))));
      for (Request other : others) {
        assertThat(server.rederivation.receive(other, 0))
            .isEqualTo(new RederivationStep.Forwarded(other));
      }
    }

    @Test
    void aServerThatServesNobodyIsOutOfTheWay() throws Exception {
      Server idle = new Server(ledger, random, FreshContexts.inMemory(ledger));
      Request first = begin().outer().orElseThrow();

      assertThat(idle.rederivation.receive(first, 0))
          .isEqualTo(new RederivationStep.Forwarded(first));
    }

    @Test
    void anIdContextOfUnreasonableLengthIsNotDerivedFrom() throws Exception {
      Request first = begin().outer().orElseThrow();
      OscoreOption option = OscoreOption.decode(Messages.option(first));
      Bytes tooLong = KidContexts.wrap(Bytes.owned(new byte[65]));
      Request long65 =
          Messages.withOption(
              first,
              new OscoreOption(option.partialIv(), option.kid(), Optional.of(tooLong)).encode());

      assertThat(server.rederivation.receive(long65, 0))
          .isEqualTo(new RederivationStep.Forwarded(long65));
    }

    @Test
    void twoClientsWithOneIdAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server.rederivation.serve(Server.parameters()))
          .withMessageContaining("same Recipient ID");
    }
  }

  @Nested
  class Failures {
    private final FreshContexts full =
        parameters -> {
          throw new ReservationException(ReservationException.Reason.FULL, "no room");
        };

    @Test
    void theServerKeepsItsContextWhenTheNewOneCannotBeRecorded() throws Exception {
      Server failing = new Server(ledger, random, full);
      SecurityContext current = FreshContexts.unrecorded(Server.parameters(), ledger);
      failing.table.add(current);
      failing.rederivation.serve(Server.parameters(), current);
      AwaitingChallenge first = begin();
      AwaitingConfirmation second =
          first.receive(failing.receive(first.outer().orElseThrow()), Messages.get());

      RederivationStep step = failing.rederivation.receive(second.outer(), 0);
      assertThat(step)
          .isInstanceOfSatisfying(
              RederivationStep.Refused.class,
              refused -> assertThat(refused.why().reason()).isEqualTo(Reason.NOT_RECORDED));
      assertThat(failing.table.all()).containsExactly(current);
      assertThat(current.isClosed()).isFalse();
    }

    @Test
    void theClientTellsWhenTheNewContextCannotBeRecorded() throws Exception {
      AwaitingChallenge first = inputs(full).begin(Messages.get());
      Response challenge = server.receive(first.outer().orElseThrow());

      assertRefused(() -> first.receive(challenge, Messages.get()), Reason.NOT_RECORDED);
    }

    @Test
    void theClientMayTryAgainWhatCouldNotBeRecorded() throws Exception {
      AwaitingChallenge first = inputs(full).begin(Messages.get());
      Response challenge = server.receive(first.outer().orElseThrow());

      assertRefused(() -> first.receive(challenge, Messages.get()), Reason.NOT_RECORDED);
      assertRefused(() -> first.receive(challenge, Messages.get()), Reason.NOT_RECORDED);
    }

    @Test
    void theClientTellsWhenARequestCannotBeProtected() throws Exception {
      Request nested = Messages.withOption(Messages.get(), Bytes.empty());
      assertRefused(() -> client.begin(nested), Reason.NOT_VERIFIED);

      AwaitingChallenge first = begin();
      Response challenge = server.receive(first.outer().orElseThrow());
      assertRefused(() -> first.receive(challenge, nested), Reason.NOT_VERIFIED);
    }

    @Test
    void aStateThatWasLeftIsOfNoUse() throws Exception {
      AwaitingChallenge first = begin();
      Response challenge = server.receive(first.outer().orElseThrow());
      AwaitingConfirmation second = first.receive(challenge, Messages.get());
      assertThatIllegalStateException().isThrownBy(() -> first.receive(challenge, Messages.get()));
      Response answer = server.receive(second.outer());
      SecurityContext context = second.receive(answer).context();
      assertThatIllegalStateException().isThrownBy(() -> second.receive(answer));

      second.close();
      assertThat(context.isClosed()).as("confirmed").isFalse();
    }

    @Test
    void anUnconfirmedContextIsErasedWithItsState() throws Exception {
      AwaitingConfirmation second = second();
      Response answer = server.receive(second.outer());
      second.close();

      assertRefused(() -> second.receive(answer), Reason.NOT_VERIFIED);
    }

    @Test
    void anAnswerOtherThanUnauthorizedIsNoResponse1() throws Exception {
      AwaitingChallenge first = begin();
      Request one = first.outer().orElseThrow();
      Bytes r2 = Bytes.of(1, 2, 3);
      Bytes id1 =
          KidContexts.unwrap(OscoreOption.decode(Messages.option(one)).kidContext().get())
              .orElseThrow();
      Response answer = InsecureFirstResponse.of(ledger, one, id1, r2, Messages.content());

      assertRefused(() -> first.receive(answer, Messages.get()), Reason.NOT_UNAUTHORIZED);
    }
  }
}
