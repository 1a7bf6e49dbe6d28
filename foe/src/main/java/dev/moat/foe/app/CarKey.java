package dev.moat.foe.app;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.foe.scenario.Ask;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A car's key at /challenge: answers a challenge with its HMAC under a secret that only car and key
 * share. The answer proves that the key answered, and nothing about where it is.
 */
final class CarKey implements ServerApplication {
  static final String NEAR = "near";
  static final String FAR = "far";
  private static final String SUBJECT = "key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHOWN_OCTETS = 8;
  private static final byte[] SHARED = "shared by car and key".getBytes(StandardCharsets.UTF_8);

  private final String place;
  private final Diary diary;

  CarKey(String place, Diary diary) {
    this.place = place;
    this.diary = diary;
  }

  @Override
  public List<Exposed> exposed() {
    return List.of(new Exposed("/challenge", Map.of(Code.POST, this::answer)));
  }

  private Response answer(Request request) {
    diary.acted(request, "answers the challenge; the key is " + place);
    return Response.text(Code.CHANGED, proof(request.payload().toUtf8()));
  }

  private static String proof(String challenge) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(SHARED, ALGORITHM));
      byte[] tag = mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8));
      return Bytes.copyOf(tag, 0, SHOWN_OCTETS).toHex();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", missing);
    }
  }

  @Override
  public boolean isSo(Claim claim) {
    return claim.subject().equals(SUBJECT) && claim.value().equals(place);
  }

  @Override
  public String truth(String subject) {
    return place;
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
        return payload.equals(proof(ask.payload()))
            ? Optional.of(new Claim(SUBJECT, NEAR))
            : Optional.empty();
      }

      @Override
      public Ask completed(Ask ask, Function<Integer, String> randomHex) {
        return ask.withPayload(randomHex.apply(SHOWN_OCTETS));
      }
    };
  }
}
