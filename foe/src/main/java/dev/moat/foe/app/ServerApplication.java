package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.ServerSetting;
import dev.moat.foe.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A server's application: where the truth is. */
public interface ServerApplication {
  /** What it offers over CoAP. */
  List<Exposed> exposed();

  /** True when {@code claim} is so, now. */
  boolean isSo(Claim claim);

  /** How things are with {@code subject}, for people. */
  String truth(String subject);

  /** What it did, in order. */
  List<Deed> deeds();

  /** How a client reads this application's answers. */
  Reading reading();

  /** The application that a scenario asks for. */
  static ServerApplication of(ServerSetting setting, LongSupplier nanoClock, Trace trace) {
    Diary diary = new Diary(nanoClock, trace);
    Map<String, String> facts = setting.facts();
    return switch (setting.kind()) {
      case LOCK -> new Lock(facts.getOrDefault("lock", Lock.LOCKED), diary);
      case THERMOMETERS -> new Thermometers(facts, diary);
      case PRISON -> new Prison(diary);
      case COURT -> new Court(diary);
      case KEY -> new CarKey(facts.getOrDefault("key", CarKey.FAR), diary);
      case LIBRARY -> new Library(Integer.parseInt(facts.getOrDefault("octets", "900")), diary);
    };
  }

  /** One path and its methods. */
  record Exposed(String path, Map<Code, Function<Request, Response>> methods) {}

  /** What an answer means to a client. */
  interface Reading {
    /** What is so once {@code ask} was answered with the success {@code payload}. */
    Optional<Claim> success(Ask ask, String payload);

    /** What nobody knows any more when {@code ask} may or may not have been executed. */
    default Optional<String> inDoubt(Ask ask) {
      return Optional.empty();
    }

    /** Where to read {@code subject}. */
    default Optional<String> pathOf(String subject) {
      return Optional.empty();
    }

    /** Fills in what only the moment knows, such as a challenge. */
    default Ask completed(Ask ask, Function<Integer, String> randomHex) {
      return ask;
    }
  }
}
