package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A large resource at /library that anybody may read. */
final class Library implements ServerApplication {
  private final String content;
  private final Diary diary;

  Library(int octets, Diary diary) {
    this.content = "All happy families are alike. ".repeat(octets / 30 + 1).substring(0, octets);
    this.diary = diary;
  }

  @Override
  public List<Exposed> exposed() {
    return List.of(new Exposed("/library", Map.of(Code.GET, this::read)));
  }

  private Response read(Request request) {
    diary.told(request, content.length() + " octets");
    return Response.text(Code.CONTENT, content);
  }

  @Override
  public boolean isSo(Claim claim) {
    return false;
  }

  @Override
  public String truth(String subject) {
    return content.length() + " octets";
  }

  @Override
  public List<Deed> deeds() {
    return diary.deeds();
  }

  @Override
  public Reading reading() {
    return (ask, payload) -> Optional.empty();
  }
}
