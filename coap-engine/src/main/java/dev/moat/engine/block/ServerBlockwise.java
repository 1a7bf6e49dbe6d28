package dev.moat.engine.block;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.resource.Refusal;
import dev.moat.engine.stream.MessageRoom;
import java.util.Optional;

/**
 * The server's side of block-wise transfers (RFC 7959): messages in, whole requests out; whole
 * responses in, blocks out. Owned by one event loop.
 */
final class ServerBlockwise {
  /**
   * Header, longest usual token, payload marker, Block1, Block2, Size2, ETag, and Echo of the stage
   * further out.
   */
  private static final int ANSWER_OVERHEAD_OCTETS = 4 + 8 + 1 + 5 + 5 + 6 + 10 + 43;

  private final ServerBlockwiseConfig config;
  private final RequestAssembler assembler;
  private final Representations representations;
  private final EventSink events;

  ServerBlockwise(ServerBlockwiseConfig config, EventSink events) {
    this.config = config;
    this.assembler = new RequestAssembler(config, events);
    this.representations = new Representations(config.representations());
    this.events = events;
  }

  int assembliesUnderWay() {
    return assembler.size();
  }

  int representationsKept() {
    return representations.size();
  }

  /** Takes one message; a whole request comes out without the options that speak of blocks. */
  Reception receive(Request request, long nowNanos) {
    Reception reception = dispatch(request, nowNanos);
    return reception instanceof Reception.Whole whole
        ? new Reception.Whole(stripped(whole.request()), whole.terms())
        : reception;
  }

  private Reception dispatch(Request request, long nowNanos) {
    BlockTerms terms = BlockTerms.of(request);
    if (usesReservedSize(terms) && !terms.room().map(MessageRoom::takesBert).orElse(false)) {
      return refused(request, BlockEvent.Reason.RESERVED_SIZE, "SZX 7 is reserved");
    }
    if (terms.asksLaterBlock()) {
      return terms.block1().isPresent()
          ? refused(request, BlockEvent.Reason.MIXED_DIRECTIONS, "Block1 with a later Block2")
          : continueAnswer(terms, nowNanos);
    }
    if (terms.block1().isPresent()) {
      return assembler.accept(request, terms.block1().get(), nowNanos);
    }
    return assembler.exceedsLimit(request)
        ? new Reception.Answer(assembler.tooLarge())
        : new Reception.Whole(request, terms);
  }

  /**
   * A later block of an answer: from the kept representation, or by executing a safe request once
   * more.
   */
  private Reception continueAnswer(BlockTerms terms, long nowNanos) {
    Request request = terms.request();
    Optional<Response> whole = representations.find(request, nowNanos);
    if (whole.isPresent()) {
      return new Reception.Answer(slice(whole.get(), terms));
    }
    boolean repeatable =
        request.method() == Code.GET
            || (request.method() == Code.FETCH && !request.payload().isEmpty());
    return repeatable
        ? new Reception.Whole(
            request.withOptions(request.options().without(OptionNumber.OBSERVE)), terms)
        : incomplete(request);
  }

  private Reception incomplete(Request request) {
    tell(request, BlockEvent.Reason.NO_SUCH_OPERATION);
    return new Reception.Answer(
        Refusal.because(Code.REQUEST_ENTITY_INCOMPLETE, "no answer is kept for this block"));
  }

  /** What goes out for {@code response}: itself, or one block of it. */
  Response answer(BlockTerms terms, Response response, long nowNanos) {
    return response.options().has(OptionNumber.BLOCK2)
        ? response
        : sized(terms, response, nowNanos);
  }

  /** The first answer, with the acknowledgement of the block that completed the request. */
  Response acknowledged(BlockTerms terms, Response answer) {
    return terms.block1().map(b -> answer.with(assembler.acknowledged(b, false))).orElse(answer);
  }

  private Response sized(BlockTerms terms, Response response, long nowNanos) {
    if (terms.asksLaterBlock()) {
      return response.code().isSuccess() ? sliceOfMany(terms, response, nowNanos) : response;
    }
    if (response.payload().length() > roomOctets(terms, response)) {
      return sliceOfMany(terms, response, nowNanos);
    }
    // RFC 7959, Section 2.2: absence of Block2 means that this block is the first and only one,
    // also
    // as the answer to a wish for block 0.
    boolean asked = terms.request().options().has(OptionNumber.SIZE2);
    return asked && response.code().isSuccess() && !response.payload().isEmpty()
        ? response.with(Option.uint(OptionNumber.SIZE2, response.payload().length()))
        : response;
  }

  private Response sliceOfMany(BlockTerms terms, Response response, long nowNanos) {
    Response whole = EntityTags.tagged(response);
    representations.keep(terms.request(), whole, nowNanos);
    return slice(whole, terms);
  }

  private Response slice(Response whole, BlockTerms terms) {
    int length = whole.payload().length();
    long offset = terms.block2().map(BlockOption::offsetOctets).orElse(0L);
    if (offset >= length) {
      tell(terms.request(), BlockEvent.Reason.OUT_OF_RANGE);
      return Refusal.because(Code.BAD_REQUEST, "the body has only " + length + " octets");
    }
    int exponent = exponentFor(terms, whole);
    int size = BlockSizes.octetsOf(exponent);
    int start = (int) offset;
    int end = Math.min(length, start + pieceOctets(exponent, terms, whole));
    BlockOption block = new BlockOption(start / size, end < length, exponent);
    Response part =
        whole
            .withPayload(whole.payload().slice(start, end))
            .with(new Option(OptionNumber.BLOCK2, block.value()));
    boolean first = start == 0 && end < length;
    return first || terms.request().options().has(OptionNumber.SIZE2)
        ? part.with(Option.uint(OptionNumber.SIZE2, length))
        : part;
  }

  private static int pieceOctets(int exponent, BlockTerms terms, Response response) {
    return exponent == BlockSizes.RESERVED_EXPONENT
        ? terms.room().orElseThrow().bertOctets(response.options())
        : BlockSizes.octetsOf(exponent);
  }

  private int exponentFor(BlockTerms terms, Response response) {
    if (terms.room().isPresent()) {
      return exponentOnConnection(terms.room().get(), terms, response);
    }
    int negotiated = negotiatedExponent(terms);
    int room = roomOctets(terms, response);
    return response.payload().length() <= room
        ? negotiated
        : Math.min(negotiated, BlockSizes.largestWithin(room));
  }

  /** A client that wishes for blocks of 1024 octets gets no longer ones (RFC 8323, Section 6). */
  private int exponentOnConnection(MessageRoom room, BlockTerms terms, Response response) {
    int wished = terms.block2().map(BlockOption::sizeExponent).orElse(BlockSizes.RESERVED_EXPONENT);
    int preferred =
        config.preferredSizeExponent() == BlockSizes.LARGEST_EXPONENT
            ? BlockSizes.RESERVED_EXPONENT
            : config.preferredSizeExponent();
    int exponent = BlockSizes.exponentWithin(room, response.options(), Math.min(wished, preferred));
    // exponentWithin takes the largest for the wish to do BERT; here both are told apart.
    return Math.min(exponent, wished);
  }

  /** The smaller of what the server prefers and what the client wishes (RFC 7959, Section 2.4). */
  private int negotiatedExponent(BlockTerms terms) {
    int wished = terms.block2().map(BlockOption::sizeExponent).orElse(BlockSizes.LARGEST_EXPONENT);
    return Math.min(config.preferredSizeExponent(), wished);
  }

  /**
   * The longest payload of one answer. An unproven address gets little (RFC 9175, Section 2.4, item
   * 3): a long answer to an executed unsafe request goes out in small blocks, since a challenge
   * would say that it was not executed. No block is smaller than 16 octets.
   */
  private int roomOctets(BlockTerms terms, Response response) {
    if (terms.room().isPresent()) {
      return connectionOctets(terms.room().get(), terms, response);
    }
    int room = BlockSizes.octetsOf(negotiatedExponent(terms));
    Request request = terms.request();
    if (request.method().isSafe()) {
      return room;
    }
    Optional<Integer> budget = request.context().find(AmplificationPolicy.ANSWER_BUDGET_OCTETS);
    if (budget.isEmpty()) {
      return room;
    }
    int options = 0;
    for (Option option : response.options()) {
      options += 3 + option.value().length();
    }
    int affordable = budget.get() - ANSWER_OVERHEAD_OCTETS - options;
    return Math.min(room, Math.max(BlockSizes.octetsOf(0), affordable));
  }

  /**
   * On a connection the longest payload is a piece of the transfer; but whoever has not said that
   * he does blocks gets it whole when he takes it (RFC 8323, Section 5.3.2).
   */
  private int connectionOctets(MessageRoom room, BlockTerms terms, Response response) {
    boolean unasked = terms.block2().isEmpty() && !room.peerDoesBlocks();
    return unasked && config.preferredSizeExponent() == BlockSizes.LARGEST_EXPONENT
        ? room.payloadOctets(response.options())
        : pieceOctets(exponentOnConnection(room, terms, response), terms, response);
  }

  private static boolean usesReservedSize(BlockTerms terms) {
    return terms.block1().filter(ServerBlockwise::isReserved).isPresent()
        || terms.block2().filter(ServerBlockwise::isReserved).isPresent();
  }

  private static boolean isReserved(BlockOption block) {
    return block.sizeExponent() == BlockSizes.RESERVED_EXPONENT;
  }

  /**
   * Request-Tag goes too: it is about the operation on the wire, not its meaning (RFC 9175, Section
   * 3.3).
   */
  private static Request stripped(Request request) {
    Options options = request.options().filter(number -> !speaksOfBlocks(number));
    return options.size() == request.options().size() ? request : request.withOptions(options);
  }

  private static boolean speaksOfBlocks(int number) {
    return number == OptionNumber.BLOCK1
        || number == OptionNumber.BLOCK2
        || number == OptionNumber.SIZE1
        || number == OptionNumber.SIZE2
        || number == OptionNumber.REQUEST_TAG;
  }

  private Reception refused(Request request, BlockEvent.Reason reason, String title) {
    tell(request, reason);
    return new Reception.Answer(Refusal.because(Code.BAD_REQUEST, title));
  }

  private void tell(Request request, BlockEvent.Reason reason) {
    int number =
        request.options().block1().or(request.options()::block2).map(BlockOption::number).orElse(0);
    events.emit(new BlockEvent.BlockRefused(request.peer(), request.method(), number, reason));
  }
}
