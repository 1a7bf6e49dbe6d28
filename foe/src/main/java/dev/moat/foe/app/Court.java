package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The court: judges each case that is POSTed to /court, mildly unless somebody was poisoned. */
final class Court implements ServerApplication {
  private static final String SUBJECT = "verdict";

  private final Diary diary;

  Court(Diary diary) {
    this.diary = diary;
  }

  @Override
  public List<Exposed> exposed() {
    return List.of(new Exposed("/court", Map.of(Code.POST, this::judge)));
  }

  private Response judge(Request request) {
    String verdict = verdict(request.payload().toUtf8());
    diary.acted(request, "\"" + verdict + "\"");
    return Response.text(Code.CONTENT, verdict);
  }

  private static String verdict(String body) {
    if (!body.contains("apple")) {
      return "The court is in session.";
    }
    return body.contains("poison") ? "Lock her up." : "Set her free.";
  }

  private static String ruling(String body, String verdict) {
    return "\"" + verdict + "\" on \"" + Deed.words(body) + "\"";
  }

  @Override
  public boolean isSo(Claim claim) {
    return diary.deeds().stream()
        .anyMatch(deed -> claim.value().equals(ruling(deed.body(), verdict(deed.body()))));
  }

  @Override
  public String truth(String subject) {
    List<String> rulings =
        diary.deeds().stream().map(d -> ruling(d.body(), verdict(d.body()))).toList();
    return rulings.isEmpty() ? "the court never judged" : String.join("; ", rulings);
  }

  @Override
  public List<Deed> deeds() {
    return diary.deeds();
  }

  @Override
  public Reading reading() {
    return (ask, payload) -> Optional.of(new Claim(SUBJECT, ruling(ask.payload(), payload)));
  }
}
