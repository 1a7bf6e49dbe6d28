package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.foe.scenario.Ask;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A door's lock at /lock: 1 is locked, 0 is open. */
final class Lock implements ServerApplication {
  static final String LOCKED = "locked";
  static final String OPEN = "open";
  private static final String SUBJECT = "lock";
  private static final String PATH = "/lock";

  private final Diary diary;
  private String state;

  Lock(String state, Diary diary) {
    this.state = state;
    this.diary = diary;
  }

  @Override
  public List<Exposed> exposed() {
    return List.of(new Exposed(PATH, Map.of(Code.GET, this::tell, Code.PUT, this::turn)));
  }

  private Response tell(Request request) {
    diary.told(request, "lock is " + state);
    return Response.text(Code.CONTENT, state.equals(LOCKED) ? "1" : "0");
  }

  private Response turn(Request request) {
    Optional<String> wanted = stateOf(request.payload().toUtf8());
    if (wanted.isEmpty()) {
      return Response.diagnostic(Code.BAD_REQUEST, "0 opens and 1 locks");
    }
    state = wanted.get();
    diary.acted(request, "lock is now " + state);
    return Response.of(Code.CHANGED);
  }

  private static Optional<String> stateOf(String digit) {
    return switch (digit) {
      case "0" -> Optional.of(OPEN);
      case "1" -> Optional.of(LOCKED);
      default -> Optional.empty();
    };
  }

  @Override
  public boolean isSo(Claim claim) {
    return claim.subject().equals(SUBJECT) && claim.value().equals(state);
  }

  @Override
  public String truth(String subject) {
    return state;
  }

  @Override
  public List<Deed> deeds() {
    return diary.deeds();
  }

  @Override
  public Reading reading() {
    return new Reading() {
      @Override
      public Optional<Claim> success(Ask ask, String payload) {
        String digit = ask.method() == Code.GET ? payload : ask.payload();
        return stateOf(digit).map(value -> new Claim(SUBJECT, value));
      }

      @Override
      public Optional<String> inDoubt(Ask ask) {
        return ask.method() == Code.PUT ? Optional.of(SUBJECT) : Optional.empty();
      }

      @Override
      public Optional<String> pathOf(String subject) {
        return subject.equals(SUBJECT) ? Optional.of(PATH) : Optional.empty();
      }
    };
  }
}
