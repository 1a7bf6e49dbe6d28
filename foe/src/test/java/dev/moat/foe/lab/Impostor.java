package dev.moat.foe.lab;

import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.foe.attack.Sight;
import dev.moat.foe.field.Party;
import dev.moat.foe.judge.Insight;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.stack.StackUnderTest;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A stack that has another's name. */
record Impostor(String name, StackUnderTest other) implements StackUnderTest {
  @Override
  public String security() {
    return other.security();
  }

  @Override
  public String description() {
    return other.description();
  }

  @Override
  public boolean threeValued() {
    return other.threeValued();
  }

  @Override
  public boolean sendsNonConfirmable(Ask ask) {
    return other.sendsNonConfirmable(ask);
  }

  @Override
  public boolean hasPartIn(Scenario scenario) {
    return other.hasPartIn(scenario);
  }

  @Override
  public Optional<String> notApplicable(Scenario scenario) {
    return other.notApplicable(scenario);
  }

  @Override
  public Request request(Ask ask, Peer server) {
    return other.request(ask, server);
  }

  @Override
  public Sight sight(Scenario.Cast cast, Transport transport, LongSupplier nanoClock) {
    return other.sight(cast, transport, nanoClock);
  }

  @Override
  public Insight insight(SecretBytes runSecret, Ledger ledger, Opened opened) {
    return other.insight(runSecret, ledger, opened);
  }

  @Override
  public Party client(Scenario.Cast cast, Step.Caller caller, Surroundings surroundings) {
    return other.client(cast, caller, surroundings);
  }

  @Override
  public Party server(Scenario.Cast cast, List<Served> served, Surroundings surroundings) {
    return other.server(cast, served, surroundings);
  }
}
