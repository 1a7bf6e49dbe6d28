package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.trace.Entry;
import dev.moat.foe.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The client's application. It believes what its stack's API tells it, and nothing else: behind a
 * two-valued API whatever is not a success failed, and what failed did not happen; behind a
 * three-valued one it knows when it does not know.
 */
public final class ClientApplication {
  private static final int MAX_ASKED = 1000;

  private final ServerApplication.Reading reading;
  private final Manner manner;
  private final LongSupplier nanoClock;
  private final Trace trace;
  private final Map<String, String> beliefs;
  private final TreeSet<String> doubts = new TreeSet<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<String> unserved = new ArrayList<>();
  private int open;

  /**
   * A client.
   *
   * @param beliefs what it believes at the start
   */
  public ClientApplication(
      ServerApplication.Reading reading,
      Manner manner,
      Map<String, String> beliefs,
      LongSupplier nanoClock,
      Trace trace) {
    this.reading = reading;
    this.manner = manner;
    this.beliefs = new TreeMap<>(beliefs);
    this.nanoClock = nanoClock;
    this.trace = trace;
  }

  /** The application makes a request now; {@code fireAndForget} means that it takes it for done. */
  public void ask(Ask ask, boolean fireAndForget) {
    if (asked.size() < MAX_ASKED) {
      asked.add(new Asked(nanoClock.getAsLong(), ask));
    }
    open++;
    trace.add(Entry.Kind.CLIENT, "asks " + words(ask) + (fireAndForget ? ", non-confirmable" : ""));
    if (fireAndForget && !ask.method().isSafe()) {
      reading.success(ask, "").ifPresent(claim -> believe(claim, "sent, so taken for done"));
    }
  }

  /** The stack reported how a request ended that took {@code tookNanos}. */
  public void ended(Ask ask, Outcome outcome, long tookNanos) {
    open--;
    outcome
        .<Runnable>fold(
            responded -> () -> answered(ask, responded.response(), tookNanos),
            lost -> () -> unsent(ask, lost.cause()),
            unknown -> () -> unanswered(ask, unknown.doubt()))
        .run();
  }

  private void answered(Ask ask, Response response, long tookNanos) {
    String payload = response.payload().toUtf8();
    if (!response.code().isSuccess()) {
      tell(
          words(ask)
              + " was refused: "
              + response.code()
              + " "
              + payload.replaceAll("[^ -~]", "?"));
      return;
    }
    tell(
        words(ask)
            + " was answered "
            + response.code()
            + (payload.isEmpty() ? "" : " \"" + shortened(payload) + "\""));
    Optional<Claim> claim = reading.success(ask, payload);
    Optional<String> doubt = manner.distance().flatMap(distance -> distance.doubt(tookNanos));
    if (claim.isPresent() && doubt.isPresent()) {
      tell("does not believe \"" + claim.get() + "\": " + doubt.get());
    } else {
      claim.ifPresent(c -> believe(c, "told so"));
    }
  }

  private void unsent(Ask ask, Outcome.Cause cause) {
    unserved.add(words(ask));
    tell(words(ask) + " never left: " + cause);
  }

  private void unanswered(Ask ask, Outcome.Doubt doubt) {
    unserved.add(words(ask));
    if (!manner.threeValued()) {
      tell(words(ask) + " failed, so nothing happened; believes " + beliefText());
      return;
    }
    reading
        .inDoubt(ask)
        .ifPresent(
            subject -> {
              beliefs.remove(subject);
              doubts.add(subject);
            });
    tell(words(ask) + " is unknown (" + doubt + "); believes " + beliefText());
  }

  private void believe(Claim claim, String why) {
    beliefs.put(claim.subject(), claim.value());
    doubts.remove(claim.subject());
    tell("believes " + claim + " (" + why + ")");
  }

  /** The application looks at the thing itself. */
  public void see(Claim claim) {
    believe(claim, "seen with its own eyes");
  }

  /** The questions whose answers would end its doubts. */
  public List<Ask> questions() {
    return doubts.stream()
        .flatMap(subject -> reading.pathOf(subject).stream())
        .map(path -> Ask.of(Code.GET, path))
        .toList();
  }

  /** What it believes, by subject; what it is in doubt of is missing. */
  public Map<String, String> beliefs() {
    return Map.copyOf(beliefs);
  }

  /** What it knows that it does not know. */
  public List<String> doubts() {
    return List.copyOf(doubts);
  }

  /** What it asked for. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** What it asked for and knows to be without an answer. */
  public List<String> unserved() {
    return List.copyOf(unserved);
  }

  /** How many requests have not ended. */
  public int openCalls() {
    return open;
  }

  private void tell(String text) {
    trace.add(Entry.Kind.CLIENT, text);
  }

  private String beliefText() {
    if (!doubts.isEmpty()) {
      return String.join(", ", doubts) + " unknown";
    }
    return beliefs.isEmpty()
        ? "nothing"
        : beliefs.entrySet().stream()
            .map(belief -> belief.getKey() + " " + belief.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String words(Ask ask) {
    String body = Deed.words(ask.payload());
    return ask.method().title() + " " + ask.path() + (body.isEmpty() ? "" : " \"" + body + "\"");
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  /**
   * How a client takes what its stack tells it.
   *
   * @param threeValued true when "unknown" is an outcome of its own
   * @param distance the bound on distance that it demands, if any
   */
  public record Manner(boolean threeValued, Optional<Distance> distance) {}
}
