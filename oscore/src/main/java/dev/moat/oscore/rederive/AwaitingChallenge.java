package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.RequestForm;
import dev.moat.oscore.protect.VerifiedResponse;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.Optional;

/**
 * The client has sent request #1 and waits for response #1 (RFC 8613, Appendix B.2, step 3). A
 * response that is refused changes nothing: the genuine one may follow.
 */
public final class AwaitingChallenge {
  private final RederivationInputs inputs;
  private final Bytes firstIdContext;
  private final Optional<Request> outer;
  private final Once<RequestBinding> binding;

  private AwaitingChallenge(
      RederivationInputs inputs,
      Bytes firstIdContext,
      Optional<Request> outer,
      RequestBinding binding) {
    this.inputs = inputs;
    this.firstIdContext = firstIdContext;
    this.outer = outer;
    this.binding = new Once<>(binding);
  }

  static AwaitingChallenge first(RederivationInputs inputs, Request inner) throws RekeyException {
    Bytes nonce = inputs.random().bytes(RederivationInputs.NONCE_OCTETS);
    RequestForm form = RequestForm.STANDARD.withKidContext(KidContexts.wrap(nonce));
    try (SecurityContext first = inputs.temporary(nonce);
        Protector protector = new Protector(inputs.crypto(), 1)) {
      ProtectedRequest sent = protector.protectRequest(first, inner, form);
      return new AwaitingChallenge(inputs, nonce, Optional.of(sent.outer()), sent.binding());
    } catch (OscoreException failure) {
      throw new RekeyException(failure);
    }
  }

  static AwaitingChallenge after(RederivationInputs inputs, RequestBinding ordinary) {
    Bytes idContext =
        ordinary
            .context()
            .idContext()
            .orElseThrow(
                () -> new IllegalArgumentException("a context without ID Context cannot be lost"));
    return new AwaitingChallenge(inputs, idContext, Optional.empty(), ordinary);
  }

  /** Request #1, for the wire; empty when the server has begun. */
  public Optional<Request> outer() {
    return outer;
  }

  /**
   * Verifies response #1 and protects request #2 under the third context.
   *
   * @param inner request #2, which the server acts on
   * @throws RekeyException BAD_KID_CONTEXT, NOT_VERIFIED, NOT_UNAUTHORIZED or NOT_RECORDED
   * @throws IllegalStateException when response #1 was accepted before
   */
  public AwaitingConfirmation receive(Response response, Request inner) throws RekeyException {
    Bytes challenge = verify(binding.look(), response);
    AwaitingConfirmation second =
        AwaitingConfirmation.second(inputs, challenge.plus(lastNonce()), inner);
    var unused = binding.take();
    return second;
  }

  private Bytes verify(RequestBinding sent, Response response) throws RekeyException {
    try {
      Bytes value = response.options().first(OptionNumber.OSCORE).orElse(Bytes.empty());
      OscoreOption option = OscoreOption.decode(value);
      Bytes challenge =
          option
              .kidContext()
              .flatMap(KidContexts::unwrap)
              .orElseThrow(() -> new RekeyException(Reason.BAD_KID_CONTEXT));
      verifySecond(sent, response, option, challenge.plus(firstIdContext));
      return challenge;
    } catch (OscoreException refused) {
      throw new RekeyException(refused);
    }
  }

  private void verifySecond(
      RequestBinding sent, Response response, OscoreOption option, Bytes secondIdContext)
      throws OscoreException, RekeyException {
    try (SecurityContext second = inputs.temporary(secondIdContext);
        Protector protector = new Protector(inputs.crypto(), 1)) {
      VerifiedResponse verified = protector.unprotectResponse(sent.in(second), response, option);
      if (!verified.inner().code().equals(Code.UNAUTHORIZED)) {
        throw new RekeyException(Reason.NOT_UNAUTHORIZED);
      }
    }
  }

  /** R3. With R3 = ID1 the third context would be the second, whose keys are used. */
  private Bytes lastNonce() {
    Bytes nonce = inputs.random().bytes(RederivationInputs.NONCE_OCTETS);
    return nonce.equals(firstIdContext) ? nonce.plus(Bytes.of(0)) : nonce;
  }
}
