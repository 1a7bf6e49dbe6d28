package dev.moat.conformance.crash;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server below the pipeline, which uses its protector as wildly as it lets it: responses with
 * either nonce, several for one request.
 */
final class BareReceiver implements Receiver {
  private static final int OBSERVERS = 8;

  private final SecurityContext context;
  private final Protector protector;
  private final Observer observer;
  private final RandomSource random;
  private final Bytes echo;
  private final List<RequestBinding> observations = new ArrayList<>();

  BareReceiver(
      SecurityContext context, Protector protector, Observer observer, RandomSource random) {
    this.context = context;
    this.protector = protector;
    this.observer = observer;
    this.random = random;
    this.echo = random.bytes(8);
  }

  @Override
  public Optional<Response> receive(Request outer) throws OscoreException {
    Unprotected received = protector.unprotectRequest(context, outer);
    if (received instanceof Unprotected.Fresh fresh) {
      return Optional.of(act(fresh.inner(), fresh.binding()));
    }
    if (received instanceof Unprotected.Unsynchronised doubtful) {
      return Optional.of(resynchronise(doubtful));
    }
    observer.refused();
    return Optional.empty();
  }

  private Response resynchronise(Unprotected.Unsynchronised doubtful) throws OscoreException {
    boolean proven =
        doubtful.inner().options().first(OptionNumber.ECHO).filter(echo::equals).isPresent();
    if (proven && context.replay().resynchronise(doubtful.binding().sequenceNumber())) {
      return act(doubtful.inner(), doubtful.binding());
    }
    observer.refused();
    Response challenge = Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, echo));
    return protector.protectResponse(doubtful.binding(), challenge, ResponseForm.OWN_PARTIAL_IV);
  }

  private Response act(Request inner, RequestBinding binding) throws OscoreException {
    observer.accepting(inner.options().first(OptionNumber.ETAG).orElseThrow().toUint());
    Response answer = Response.of(Code.CHANGED);
    if (binding.observes()) {
      keep(binding);
      answer = Response.of(Code.CONTENT).with(Option.uint(OptionNumber.OBSERVE, 0));
    }
    // Separate responses may have a Partial IV of their own, and both kinds may be repeated.
    if (random.below(4) == 0) {
      var unused = protector.protectResponse(binding, answer, ResponseForm.OWN_PARTIAL_IV);
    }
    boolean reuse = binding.permitsNonce() && random.below(3) > 0;
    return protector.protectResponse(
        binding, answer, reuse ? ResponseForm.REUSE_NONCE : ResponseForm.OWN_PARTIAL_IV);
  }

  private void keep(RequestBinding binding) {
    if (observations.size() == OBSERVERS) {
      observations.remove(0);
    }
    observations.add(binding);
  }

  /** Now and then tries the nonce of the registration again. */
  @Override
  public void notifyObserver() throws OscoreException {
    if (observations.isEmpty()) {
      return;
    }
    RequestBinding binding = observations.get(random.below(observations.size()));
    Response change = Response.of(Code.CONTENT).with(Option.uint(OptionNumber.OBSERVE, 0));
    boolean reuse = random.below(4) == 0;
    var unused =
        protector.protectResponse(
            binding, change, reuse ? ResponseForm.REUSE_NONCE : ResponseForm.OWN_PARTIAL_IV);
  }
}
