package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.RequestForm;
import dev.moat.oscore.rekey.RekeyException;

/**
 * The client has sent request #2 and waits for response #2 (RFC 8613, Appendix B.2, step 5). A
 * response that is refused changes nothing. Closing it gives the third context up.
 */
public final class AwaitingConfirmation implements AutoCloseable {
  private final RederivationInputs inputs;
  private final Request outer;
  private final Once<RequestBinding> binding;
  private final SecurityContext third;
  private boolean confirmed;

  private AwaitingConfirmation(
      RederivationInputs inputs, Request outer, RequestBinding binding, SecurityContext third) {
    this.inputs = inputs;
    this.outer = outer;
    this.binding = new Once<>(binding);
    this.third = third;
  }

  static AwaitingConfirmation second(RederivationInputs inputs, Bytes thirdIdContext, Request inner)
      throws RekeyException {
    RequestForm form = RequestForm.STANDARD.withKidContext(KidContexts.wrap(thirdIdContext));
    SecurityContext third = establish(inputs, thirdIdContext);
    try (Protector protector = new Protector(inputs.crypto(), 1)) {
      ProtectedRequest sent = protector.protectRequest(third, inner, form);
      return new AwaitingConfirmation(inputs, sent.outer(), sent.binding(), third);
    } catch (OscoreException failure) {
      third.close();
      throw new RekeyException(failure);
    }
  }

  private static SecurityContext establish(RederivationInputs inputs, Bytes idContext)
      throws RekeyException {
    try (ContextParameters derived = inputs.parameters(idContext)) {
      return inputs.contexts().establish(derived);
    } catch (ReservationException failure) {
      throw new RekeyException(failure);
    }
  }

  /** Request #2, for the wire. */
  public Request outer() {
    return outer;
  }

  /**
   * Verifies response #2: from now on the third context is the one to use.
   *
   * @throws RekeyException NOT_VERIFIED
   * @throws IllegalStateException when response #2 was accepted before, or this was closed
   */
  public Confirmed receive(Response response) throws RekeyException {
    try (Protector protector = new Protector(inputs.crypto(), 1)) {
      Response inner = protector.unprotectResponse(binding.look(), response).inner();
      var unused = binding.take();
      confirmed = true;
      return new Confirmed(third, inner);
    } catch (OscoreException refused) {
      throw new RekeyException(refused);
    }
  }

  /** Erases the third context unless it was confirmed. */
  @Override
  public void close() {
    if (!confirmed) {
      third.close();
    }
  }

  /**
   * Both endpoints have the third context.
   *
   * @param context the caller's, to use and to close
   * @param response what the server says to request #2
   */
  public record Confirmed(SecurityContext context, Response response) {}
}
