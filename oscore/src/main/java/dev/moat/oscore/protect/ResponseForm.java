package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.option.OscoreOption;
import java.util.Optional;

/**
 * Which nonce protects a response, and what its OSCORE option shows. Immutable.
 *
 * @param ownPartialIv true for a new Partial IV, false for the request's nonce
 * @param kidContext a kid context, which only re-keying needs (RFC 8613, Appendix B.2)
 * @param encoding how the option is written
 */
public record ResponseForm(
    boolean ownPartialIv, Optional<Bytes> kidContext, OptionEncoding encoding) {
  /** The request's nonce, once per request: the shortest form (RFC 8613, Section 5.2). */
  public static final ResponseForm REUSE_NONCE =
      new ResponseForm(false, Optional.empty(), OscoreOption::encode);

  /**
   * A Partial IV of the server's own: for every response but the first to an Observe registration,
   * and while the replay window is not trusted (Sections 4.1.3.5.2 and 7.5).
   */
  public static final ResponseForm OWN_PARTIAL_IV =
      new ResponseForm(true, Optional.empty(), OscoreOption::encode);

  /** This form with a kid context. */
  public ResponseForm withKidContext(Bytes another) {
    return new ResponseForm(ownPartialIv, Optional.of(another), encoding);
  }

  /** This form with another way to write the option. */
  public ResponseForm encodedBy(OptionEncoding another) {
    return new ResponseForm(ownPartialIv, kidContext, another);
  }
}
