package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.foe.scenario.Ask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Thermometers behind one gateway, each at /NAME/temperature, in degrees Celsius. */
final class Thermometers implements ServerApplication {
  private static final String SUFFIX = "/temperature";

  private final Map<String, String> degrees;
  private final Diary diary;

  Thermometers(Map<String, String> degrees, Diary diary) {
    this.degrees = new TreeMap<>(degrees);
    this.diary = diary;
  }

  @Override
  public List<Exposed> exposed() {
    return degrees.keySet().stream()
        .map(room -> new Exposed("/" + room + SUFFIX, Map.of(Code.GET, r -> tell(r, room))))
        .toList();
  }

  private Response tell(Request request, String room) {
    String now = truth(room);
    diary.told(request, room + " has " + now);
    return Response.text(Code.CONTENT, now);
  }

  @Override
  public boolean isSo(Claim claim) {
    return claim.value().equals(degrees.get(claim.subject()));
  }

  @Override
  public String truth(String subject) {
    return degrees.getOrDefault(subject, "unknown");
  }

  @Override
  public List<Deed> deeds() {
    return diary.deeds();
  }

  @Override
  public Reading reading() {
    return (ask, payload) -> room(ask).map(room -> new Claim(room, payload));
  }

  private static Optional<String> room(Ask ask) {
    return ask.path().endsWith(SUFFIX)
        ? Optional.of(ask.path().substring(1, ask.path().length() - SUFFIX.length()))
        : Optional.empty();
  }
}
