package dev.moat.foe.stack;

import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.foe.attack.Sight;
import dev.moat.foe.field.Party;
import dev.moat.foe.judge.Insight;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One kind of endpoint that Foe attacks, on both sides of the path. */
public interface StackUnderTest {
  /** The column's name, such as moat. */
  String name();

  /** What it adds to the security of the transport, such as NoSec for nothing. */
  String security();

  /** What it does, in one sentence. */
  String description();

  /** True when its API tells "unknown" from "failed". */
  boolean threeValued();

  /**
   * True when its API sends {@code ask} non-confirmable because a careless application wants it so.
   */
  boolean sendsNonConfirmable(Ask ask);

  /**
   * False when {@code scenario} is none of the rows for this column: figures are not for stacks
   * that are there for control, and attacks on handshakes are for stacks that have one.
   */
  boolean hasPartIn(Scenario scenario);

  /** Why {@code scenario} says nothing about this stack, if so. */
  Optional<String> notApplicable(Scenario scenario);

  /** What the application's {@code ask} becomes at this stack's API. */
  Request request(Ask ask, Peer server);

  /** What Foe can make of its traffic. A new one for each run. */
  Sight sight(Scenario.Cast cast, Transport transport, LongSupplier nanoClock);

  /** What the judge can make of its traffic. A new one for each run. */
  Insight insight(SecretBytes runSecret, Ledger ledger, Opened opened);

  /** The client of {@code caller}. */
  Party client(Scenario.Cast cast, Step.Caller caller, Surroundings surroundings);

  /** A server of {@code resources}. */
  Party server(Scenario.Cast cast, List<Served> resources, Surroundings surroundings);

  /** A path and its methods, as a server gets them from its application. */
  record Served(String path, Map<Code, Service<Request, Reply>> methods) {}

  /**
   * What an endpoint is given by whoever drives it.
   *
   * @param runSecret where all keys of the run come from; another for each run, so that no key ever
   *     meets a nonce twice. The driver's to erase
   * @param ledger where it notes what its handshakes came to
   * @param nanoClock the run's monotonic clock
   * @param transport what will drive it
   */
  record Surroundings(
      LoopGate gate,
      RandomSource random,
      EventSink events,
      SecretBytes runSecret,
      Ledger ledger,
      LongSupplier nanoClock,
      Transport transport) {}
}
