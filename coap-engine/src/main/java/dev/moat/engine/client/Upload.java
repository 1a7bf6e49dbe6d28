package dev.moat.engine.client;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.BlockEvent;
import dev.moat.engine.block.BlockSizes;
import dev.moat.engine.stream.MessageRoom;
import java.util.Optional;

/**
 * Sends a request, in Block1 blocks when its body is longer than one (RFC 7959, Section 2.5), up to
 * the response that is final. Starts over once, with a new Request-Tag, when the server lost the
 * blocks (4.08) or hints at a smaller block size (4.13).
 */
final class Upload implements Transfer {
  private final Request request;
  private final RequestTags tags;
  private final EventSink events;
  private Optional<Bytes> tag = Optional.empty();
  private final Optional<MessageRoom> room;
  private int exponent;
  private boolean blockwise;
  private boolean restarted;
  private int offset;
  private int sentOctets;

  Upload(Request request, int exponent, RequestTags tags, EventSink events) {
    this.request = request;
    this.room = request.context().find(MessageRoom.KEY);
    this.exponent =
        room.map(r -> BlockSizes.exponentWithin(r, request.options(), exponent)).orElse(exponent);
    this.tags = tags;
    this.events = events;
  }

  @Override
  public Step start() {
    blockwise = request.payload().length() > wholeOctets();
    return blockwise ? begin() : new Send(request);
  }

  /**
   * What requests for later blocks of the answer repeat: everything but the body (RFC 7959, Section
   * 2.7). A FETCH whose body fitted one message repeats it, so that a server without memory can
   * execute it again.
   */
  Request continuation() {
    Request tagged = tagged(request);
    Options options =
        tagged
            .options()
            .filter(
                number -> number != OptionNumber.OBSERVE && number != OptionNumber.IF_NONE_MATCH);
    Request continued = tagged.withOptions(options);
    boolean repeatsBody = request.method() == Code.FETCH && !blockwise;
    return repeatsBody ? continued : continued.withPayload(Bytes.empty());
  }

  @Override
  public Step on(Outcome outcome) {
    return outcome.fold(r -> onResponse(r, r.response()), this::onNotDelivered, this::onUnknown);
  }

  private Step begin() {
    offset = 0;
    if (!request.options().has(OptionNumber.REQUEST_TAG)) {
      tag = tags.begin(request);
    }
    return sendBlock();
  }

  private Step sendBlock() {
    int size = BlockSizes.octetsOf(exponent);
    if (!isNumberable(size)) {
      return broken(BlockEvent.Reason.TOO_LARGE);
    }
    int end = (int) Math.min(request.payload().length(), (long) offset + pieceOctets());
    BlockOption block = new BlockOption(offset / size, end < request.payload().length(), exponent);
    sentOctets = end - offset;
    Request message =
        tagged(request)
            .withPayload(request.payload().slice(offset, end))
            .with(new Option(OptionNumber.BLOCK1, block.value()));
    return new Send(offset == 0 ? announced(message) : later(message));
  }

  /** The longest body that goes in one message. */
  private int wholeOctets() {
    // RFC 8323, Section 5.3.2: whoever has not said that he does blocks gets it whole if possible.
    boolean unblocked =
        exponent == BlockSizes.LARGEST_EXPONENT && room.isPresent() && !room.get().peerDoesBlocks();
    return unblocked
        ? Math.max(room.orElseThrow().payloadOctets(request.options()), pieceOctets())
        : pieceOctets();
  }

  private int pieceOctets() {
    return exponent == BlockSizes.RESERVED_EXPONENT
        ? room.orElseThrow().bertOctets(request.options())
        : BlockSizes.octetsOf(exponent);
  }

  /** True when every block number fits, should the server's wish make the blocks this small. */
  private boolean isNumberable(int size) {
    return (request.payload().length() - 1) / size <= BlockOption.MAX_NUMBER;
  }

  private Request announced(Request first) {
    return first.with(Option.uint(OptionNumber.SIZE1, request.payload().length()));
  }

  /** RFC 7959, Section 2.10: If-None-Match belongs to the first block. */
  private static Request later(Request block) {
    return block.withOptions(block.options().without(OptionNumber.IF_NONE_MATCH));
  }

  private Request tagged(Request plain) {
    return tag.map(t -> plain.with(new Option(OptionNumber.REQUEST_TAG, t))).orElse(plain);
  }

  private Step onResponse(Outcome.Responded responded, Response response) {
    if (hintsAtSmaller(response)) {
      exponent = response.options().block1().orElseThrow().sizeExponent();
      return restart();
    }
    if (!blockwise) {
      return new Done(responded.about(request));
    }
    if (response.code() == Code.REQUEST_ENTITY_INCOMPLETE && !restarted) {
      return restart();
    }
    if (response.code() == Code.CONTINUE || (response.code().isSuccess() && !isLastSent())) {
      return proceed(response);
    }
    if (tag.isEmpty()) {
      tags.concluded(request);
    }
    return new Done(responded.about(request));
  }

  /**
   * 2.31, or from a server that acts on each block, a success without M (RFC 7959, Section 2.3).
   */
  private Step proceed(Response response) {
    Optional<BlockOption> acknowledged = response.options().block1();
    boolean expected =
        acknowledged.isPresent()
            && acknowledged.get().number() == offset / BlockSizes.octetsOf(exponent);
    if (!expected || isLastSent()) {
      return broken(BlockEvent.Reason.UNEXPECTED_ANSWER);
    }
    offset += sentOctets;
    // The server's smaller size holds from now on, and the block number is scaled to it (RFC 7959,
    // Section 2.3).
    exponent = Math.min(exponent, acknowledged.get().sizeExponent());
    return sendBlock();
  }

  /** RFC 7959, Section 2.9.3. */
  private boolean hintsAtSmaller(Response response) {
    Optional<BlockOption> hint = response.options().block1();
    return !restarted
        && response.code() == Code.REQUEST_ENTITY_TOO_LARGE
        && hint.isPresent()
        && hint.get().sizeExponent() < exponent
        && hint.get().sizeOctets() < request.payload().length();
  }

  private Step restart() {
    restarted = true;
    blockwise = true;
    return begin();
  }

  private boolean isLastSent() {
    return offset + sentOctets == request.payload().length();
  }

  /** Only when nothing of the body ever left is it known that the server has nothing to act on. */
  private Step onNotDelivered(Outcome.NotDelivered outcome) {
    boolean nothingLeft = !restarted && offset == 0;
    return nothingLeft ? new Done(outcome.about(request)) : broken(BlockEvent.Reason.NO_ANSWER);
  }

  private Step onUnknown(Outcome.Unknown outcome) {
    return !blockwise || isLastSent()
        ? new Done(outcome.about(request))
        : broken(BlockEvent.Reason.NO_ANSWER);
  }

  private Step broken(BlockEvent.Reason reason) {
    events.emit(new BlockEvent.TransferBroken(request.peer(), request.method(), reason));
    return new Done(new Outcome.Unknown(request, Outcome.Doubt.TRANSFER_INCOMPLETE));
  }
}
