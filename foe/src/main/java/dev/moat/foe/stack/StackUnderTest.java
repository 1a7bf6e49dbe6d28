package dev.moat.foe.stack;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.foe.field.Party;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One kind of endpoint that Foe attacks, on both sides of the path. */
public interface StackUnderTest {
  /** The column's name, such as moat. */
  String name();

  /** The security mode, such as NoSec. */
  String security();

  /** What it does, in one sentence. */
  String description();

  /** True when its API tells "unknown" from "failed". */
  boolean threeValued();

  /**
   * True when its API sends {@code ask} non-confirmable because a careless application wants it so.
   */
  boolean sendsNonConfirmable(Ask ask);

  /** Why {@code scenario} says nothing about this stack, if so. */
  Optional<String> notApplicable(Scenario scenario);

  /** What the application's {@code ask} becomes at this stack's API. */
  Request request(Ask ask, Peer server);

  /** A client. */
  Party client(Scenario.Cast cast, Surroundings surroundings);

  /** A server of {@code resources}. */
  Party server(Scenario.Cast cast, List<Served> resources, Surroundings surroundings);

  /** A path and its methods, as a server gets them from its application. */
  record Served(String path, Map<Code, Service<Request, Reply>> methods) {}

  /** What an endpoint is given by whoever drives it. */
  record Surroundings(LoopGate gate, RandomSource random, EventSink events) {}
}
