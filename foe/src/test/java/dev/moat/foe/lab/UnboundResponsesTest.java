package dev.moat.foe.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.foe.attack.Sight;
import dev.moat.foe.field.Party;
import dev.moat.foe.judge.Insight;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.stack.StackUnderTest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The control for what the lab credits to OSCORE's binding: encryption, integrity and replay
 * protection without it, as DTLS has them, and a Foe that sees lengths only.
 */
class UnboundResponsesTest {
  private static final int TO_SERVER_KEY = 1;
  private static final int TO_CLIENT_KEY = 2;

  @ParameterizedTest
  @ValueSource(strings = {"5", "6", "7"})
  @Tag("AT-24")
  @Tag("AT-25")
  @Tag("AT-26")
  void deceiveAClientThatUsesTokensAgain(String figure) {
    LabRun run = Runs.play(figure, new Recorded("rfc7252"));
    assertThat(run.verdict().kind())
        .as(String.join("\n", run.evidence()))
        .isEqualTo(Verdict.Kind.SUCCEEDED);
    assertThat(run.verdict().reason()).contains("believes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "6", "7"})
  @Tag("AT-24")
  @Tag("AT-25")
  @Tag("AT-26")
  void deceiveNobodyWhoseTokensNeverComeTwice(String figure) {
    LabRun run = Runs.play(figure, new Recorded("rfc9175:tokens"));
    assertThat(run.verdict().kind())
        .as(String.join("\n", run.evidence()))
        .isNotEqualTo(Verdict.Kind.SUCCEEDED);
  }

  /** One of the lab's stacks over the stub of a record layer. */
  private record Recorded(StackUnderTest stack) implements StackUnderTest {
    Recorded(String name) {
      this(Lab.standard().stack(name).stacks().get(0));
    }

    @Override
    public String name() {
      return "recorded:" + stack.name();
    }

    @Override
    public String security() {
      return "record layer";
    }

    @Override
    public String description() {
      return stack.description();
    }

    @Override
    public boolean threeValued() {
      return stack.threeValued();
    }

    @Override
    public boolean sendsNonConfirmable(Ask ask) {
      return stack.sendsNonConfirmable(ask);
    }

    @Override
    public boolean hasPartIn(Scenario scenario) {
      return stack.hasPartIn(scenario);
    }

    @Override
    public Optional<String> notApplicable(Scenario scenario) {
      return Optional.empty();
    }

    @Override
    public Request request(Ask ask, Peer server) {
      return stack.request(ask, server);
    }

    @Override
    public Sight sight(Scenario.Cast cast, Transport transport, LongSupplier nanoClock) {
      return new LengthSight(new HashSet<>());
    }

    @Override
    public Insight insight(SecretBytes runSecret, Ledger ledger, Opened opened) {
      return (direction, datagram) -> Optional.empty();
    }

    @Override
    public Party client(Scenario.Cast cast, Step.Caller caller, Surroundings surroundings) {
      Party party = stack.client(cast, caller, surroundings);
      return Party.of(
          new RecordLayer(party.datagrams(), TO_SERVER_KEY, TO_CLIENT_KEY), party.calls());
    }

    @Override
    public Party server(Scenario.Cast cast, List<Served> served, Surroundings surroundings) {
      Party party = stack.server(cast, served, surroundings);
      return Party.of(
          new RecordLayer(party.datagrams(), TO_CLIENT_KEY, TO_SERVER_KEY), party.calls());
    }
  }

  /** Sees how long records are; the shortest are acknowledgements and resets. */
  private record LengthSight(Set<Bytes> seen) implements Sight {
    private static final int EMPTY_OCTETS = 4 + RecordLayer.OVERHEAD_OCTETS;

    @Override
    public boolean isMeantBy(Step.Meet line, Bytes datagram) {
      return datagram.length() > EMPTY_OCTETS && !seen.contains(datagram);
    }

    @Override
    public void noticed(Direction direction, Bytes datagram) {
      seen.add(datagram);
    }

    @Override
    public String describe(Bytes datagram) {
      return "a record of " + datagram.length() + " octets";
    }
  }
}
