package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes each order that is POSTed to /orders: what to do, then with whom. */
final class Prison implements ServerApplication {
  private static final String DONE = "done";

  private final Diary diary;

  Prison(Diary diary) {
    this.diary = diary;
  }

  @Override
  public List<Exposed> exposed() {
    return List.of(new Exposed("/orders", Map.of(Code.POST, this::execute)));
  }

  private Response execute(Request request) {
    diary.acted(request, "done");
    return Response.text(Code.CHANGED, Deed.words(request.payload().toUtf8()) + ": done");
  }

  @Override
  public boolean isSo(Claim claim) {
    return diary.deeds().stream().anyMatch(deed -> deed.body().equals(claim.subject()));
  }

  @Override
  public String truth(String subject) {
    return isSo(new Claim(subject, DONE)) ? DONE : "never executed";
  }

  @Override
  public List<Deed> deeds() {
    return diary.deeds();
  }

  @Override
  public Reading reading() {
    return (ask, payload) -> Optional.of(new Claim(Deed.words(ask.payload()), DONE));
  }
}
