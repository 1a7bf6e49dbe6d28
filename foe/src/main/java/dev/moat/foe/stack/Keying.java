package dev.moat.foe.stack;

import dev.moat.bytes.SecretBytes;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.engine.resource.Router;
import dev.moat.foe.field.Party;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;

/** Where the security contexts of a stack under OSCORE come from. */
interface Keying {
  /** True when they come about by messages over the path under attack. */
  boolean isByHandshake();

  /** {@code plain}, all of whose requests are protected. */
  Party client(
      Party plain,
      Scenario.Cast cast,
      Step.Caller caller,
      StackUnderTest.Surroundings surroundings);

  /** What a server verifies by; its {@code router} gets what resources that takes. */
  OscoreConfig server(Router router, Scenario.Cast cast, StackUnderTest.Surroundings surroundings);

  /** By which keys the judge reads. */
  OscoreInsight.Keys keys(SecretBytes runSecret, Ledger ledger);
}
