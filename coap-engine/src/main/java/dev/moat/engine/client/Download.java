package dev.moat.engine.client;

import dev.moat.bytes.ByteWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.BlockEvent;
import dev.moat.engine.block.BlockSizes;
import dev.moat.engine.stream.MessageRoom;
import java.util.Optional;

/**
 * Gathers a response body from Block2 blocks (RFC 7959, Section 2.4): in sequence, of one ETag, up
 * to a limit. When the representation changes on the way a safe request starts over, a bounded
 * number of times.
 */
final class Download implements Transfer {
  private final Request original;
  private final Request continuation;
  private final Response first;
  private final ClientBlockwiseConfig config;
  private final EventSink events;
  private Optional<Response> head = Optional.empty();
  private ByteWriter body = new ByteWriter(0);
  private int restarts;

  /**
   * {@code continuation} is what asks for later blocks, {@code first} what came for {@code
   * original}.
   */
  Download(
      Request original,
      Request continuation,
      Response first,
      ClientBlockwiseConfig config,
      EventSink events) {
    this.original = original;
    this.continuation = continuation;
    this.first = first;
    this.config = config;
    this.events = events;
  }

  @Override
  public Step start() {
    return take(first);
  }

  @Override
  public Step on(Outcome outcome) {
    return outcome.fold(
        responded -> take(responded.response()),
        notDelivered -> broken(BlockEvent.Reason.NO_ANSWER),
        unknown -> {
          tell(BlockEvent.Reason.NO_ANSWER);
          return new Done(unknown.about(original));
        });
  }

  private Step take(Response response) {
    Optional<BlockOption> block = response.options().block2();
    if (block.isEmpty()) {
      return takeUnblocked(response);
    }
    if (head.isPresent() && !isSameRepresentation(head.get(), response)) {
      return restart(BlockEvent.Reason.CHANGING);
    }
    Optional<BlockEvent.Reason> objection = objection(response, block.get());
    if (objection.isPresent()) {
      return broken(objection.get());
    }
    head = head.or(() -> Optional.of(response));
    body = body.bytes(response.payload());
    return block.get().more() ? ask(body.length(), block.get().sizeExponent()) : done();
  }

  private Optional<BlockEvent.Reason> objection(Response response, BlockOption block) {
    int length = response.payload().length();
    if (block.sizeExponent() == BlockSizes.RESERVED_EXPONENT && !takesBert()) {
      return Optional.of(BlockEvent.Reason.RESERVED_SIZE);
    }
    if (block.offsetOctets() != body.length()) {
      return Optional.of(BlockEvent.Reason.OUT_OF_SEQUENCE);
    }
    if (block.contradicts(length)) {
      return Optional.of(BlockEvent.Reason.WRONG_LENGTH);
    }
    boolean tooLarge =
        (long) body.length() + length > config.maxBodyOctets()
            || (block.more() && block.number() == BlockOption.MAX_NUMBER);
    return tooLarge ? Optional.of(BlockEvent.Reason.TOO_LARGE) : Optional.empty();
  }

  private boolean takesBert() {
    return original.context().find(MessageRoom.KEY).map(MessageRoom::takesBert).orElse(false);
  }

  /**
   * A response without blocks: the whole answer, or in the middle a representation that became
   * small, or an error.
   */
  private Step takeUnblocked(Response response) {
    if (head.isEmpty()) {
      return new Done(new Outcome.Responded(original, Reply.of(response)));
    }
    if (response.code() == Code.REQUEST_ENTITY_INCOMPLETE) {
      return restart(BlockEvent.Reason.UNEXPECTED_ANSWER);
    }
    return original.method().isSafe()
        ? new Done(new Outcome.Responded(original, Reply.of(response)))
        : broken(BlockEvent.Reason.UNEXPECTED_ANSWER);
  }

  private static boolean isSameRepresentation(Response head, Response response) {
    return head.code() == response.code()
        && head.options().all(OptionNumber.ETAG).equals(response.options().all(OptionNumber.ETAG))
        && head.options().contentFormat().equals(response.options().contentFormat());
  }

  /**
   * An unsafe request has been executed already: its answer cannot be had by executing it again.
   */
  private Step restart(BlockEvent.Reason reason) {
    if (!isRepeatable() || restarts == config.maxRestarts()) {
      return broken(reason);
    }
    restarts++;
    int exponent =
        head.flatMap(h -> h.options().block2())
            .map(BlockOption::sizeExponent)
            .orElse(config.preferredSizeExponent());
    head = Optional.empty();
    body = new ByteWriter(0);
    return ask(0, exponent);
  }

  /** Without its body a FETCH would be another question, and its answer a false one. */
  private boolean isRepeatable() {
    boolean lacksBody = continuation.payload().isEmpty() && !original.payload().isEmpty();
    return original.method() == Code.GET || (original.method().isSafe() && !lacksBody);
  }

  private Step ask(int offset, int exponent) {
    BlockOption wanted = new BlockOption(offset / BlockSizes.octetsOf(exponent), false, exponent);
    return new Send(continuation.with(new Option(OptionNumber.BLOCK2, wanted.value())));
  }

  private Step done() {
    Response whole = head.orElseThrow();
    Response unblocked =
        whole.withPayload(body.toBytes()).withOptions(whole.options().without(OptionNumber.BLOCK2));
    return new Done(new Outcome.Responded(original, Reply.of(unblocked)));
  }

  private Step broken(BlockEvent.Reason reason) {
    tell(reason);
    return new Done(new Outcome.Unknown(original, Outcome.Doubt.TRANSFER_INCOMPLETE));
  }

  private void tell(BlockEvent.Reason reason) {
    events.emit(new BlockEvent.TransferBroken(original.peer(), original.method(), reason));
  }
}
