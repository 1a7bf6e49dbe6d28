package dev.moat.oscore.rekey;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Response;
import dev.moat.oscore.ErrorResponses;
import dev.moat.oscore.OscoreException;

/** What the sender of a refused request is told, unprotected: no more than of any other. */
public final class RekeyRefusals {
  private RekeyRefusals() {}

  /** RFC 8613, Section 8.2; 5.03 where the server is unable (Appendix B.2.1). */
  public static Response to(RekeyException refused) {
    return switch (refused.reason()) {
      case REPLAY -> ErrorResponses.to(OscoreException.Reason.REPLAY);
      case NOT_RECORDED, BUSY ->
          Response.of(Code.SERVICE_UNAVAILABLE).with(Option.uint(OptionNumber.MAX_AGE, 0));
      default -> ErrorResponses.to(causeOf(refused));
    };
  }

  private static OscoreException.Reason causeOf(RekeyException refused) {
    return refused.getCause() instanceof OscoreException cause
        ? cause.reason()
        : OscoreException.Reason.DECRYPTION_FAILED;
  }
}
