package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import java.util.Optional;

/**
 * What a request's OSCORE option shows. Immutable.
 *
 * @param showsIdContext true to send the context's ID Context, when it has one, as kid context
 * @param kidContext another kid context, which goes first (RFC 8613, Appendix B.2)
 * @param encoding how the option is written
 */
public record RequestForm(
    boolean showsIdContext, Optional<Bytes> kidContext, OptionEncoding encoding) {
  /** Kid context when there is an ID Context. */
  public static final RequestForm STANDARD =
      new RequestForm(true, Optional.empty(), OscoreOption::encode);

  /** No kid context: for a server that finds its context by the kid alone (Section 5.1). */
  public static final RequestForm WITHOUT_KID_CONTEXT =
      new RequestForm(false, Optional.empty(), OscoreOption::encode);

  /** This form with another kid context. */
  public RequestForm withKidContext(Bytes another) {
    return new RequestForm(showsIdContext, Optional.of(another), encoding);
  }

  /** This form with another way to write the option. */
  public RequestForm encodedBy(OptionEncoding another) {
    return new RequestForm(showsIdContext, kidContext, another);
  }

  Optional<Bytes> kidContext(SecurityContext context) {
    if (kidContext.isPresent()) {
      return kidContext;
    }
    return showsIdContext ? context.idContext() : Optional.empty();
  }
}
