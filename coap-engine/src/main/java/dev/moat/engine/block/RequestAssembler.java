package dev.moat.engine.block;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Joins Block1 blocks to whole bodies (RFC 7959, Section 2.5). Blocks join only when peer, method,
 * cache key and Request-Tag list agree ({@link BlockKey}) and in order; anything else is 4.08.
 * Owned by one event loop.
 */
final class RequestAssembler {
  private final ServerBlockwiseConfig config;
  private final PeerStore<BodyAssembly> assemblies;
  private final EventSink events;

  RequestAssembler(ServerBlockwiseConfig config, EventSink events) {
    this.config = config;
    this.assemblies = new PeerStore<>(config.assemblies(), false);
    this.events = events;
  }

  int size() {
    return assemblies.size();
  }

  /** Takes one message with a Block1 option. */
  Reception accept(Request request, BlockOption block, long nowNanos) {
    if (block.contradicts(request.payload().length())) {
      return refuse(request, block, BlockEvent.Reason.WRONG_LENGTH);
    }
    return block.number() == 0 ? begin(request, block, nowNanos) : join(request, block, nowNanos);
  }

  private Reception begin(Request request, BlockOption block, long nowNanos) {
    BlockKey key = keyOf(request);
    // RFC 7959, Section 2.5: a new sequence overwrites what the server may still have.
    assemblies.remove(key);
    if (exceedsLimit(request)) {
      return refuse(request, block, BlockEvent.Reason.TOO_LARGE);
    }
    if (!block.more()) {
      return new Reception.Whole(request, BlockTerms.of(request));
    }
    Optional<Long> busyNanos = settleWithOthers(key, nowNanos);
    if (busyNanos.isPresent()) {
      return putOff(request, BlockEvent.Reason.BUSY, busyNanos.get());
    }
    boolean proven = request.context().find(Arrival.KEY).map(Arrival::addressProven).orElse(false);
    BodyAssembly assembly = new BodyAssembly(request);
    boolean kept =
        assemblies.put(key, new PeerStore.Entry<>(assembly, assembly.octets(), proven, nowNanos));
    return kept
        ? proceed(block)
        : putOff(request, BlockEvent.Reason.NO_ROOM, config.assemblies().lifetimeNanos());
  }

  private Reception join(Request request, BlockOption block, long nowNanos) {
    BlockKey key = keyOf(request);
    Optional<BodyAssembly> found = assemblies.use(key, nowNanos);
    if (found.isEmpty()) {
      return refuse(request, block, BlockEvent.Reason.NO_SUCH_OPERATION);
    }
    BodyAssembly assembly = found.get();
    if (!assembly.isNext(block)) {
      return block.more() && assembly.isRepetition(block, request.payload())
          ? proceed(block)
          : refuse(request, block, BlockEvent.Reason.OUT_OF_SEQUENCE);
    }
    if ((long) assembly.octets() + request.payload().length() > config.maxBodyOctets()) {
      assemblies.remove(key);
      return refuse(request, block, BlockEvent.Reason.TOO_LARGE);
    }
    return append(request, block, key, assembly);
  }

  private Reception append(
      Request request, BlockOption block, BlockKey key, BodyAssembly assembly) {
    if (block.more()) {
      if (!assemblies.grow(key, request.payload().length())) {
        assemblies.remove(key);
        return putOff(request, BlockEvent.Reason.NO_ROOM, config.assemblies().lifetimeNanos());
      }
      assembly.append(request.payload());
      return proceed(block);
    }
    assemblies.remove(key);
    assembly.append(request.payload());
    events.emit(new BlockEvent.BodyAssembled(request.peer(), request.method(), assembly.octets()));
    return new Reception.Whole(assembly.whole(request), BlockTerms.of(request));
  }

  /**
   * Applies {@link Concurrency} to operations that differ only in their Request-Tag; present: how
   * long to wait.
   */
  private Optional<Long> settleWithOthers(BlockKey key, long nowNanos) {
    if (config.concurrency() == Concurrency.CONCURRENT) {
      return Optional.empty();
    }
    BlockKey group = key.withoutTag();
    List<BlockKey> others =
        assemblies.keysOf(key.peer(), nowNanos).stream()
            .filter(other -> other.withoutTag().equals(group))
            .toList();
    if (config.concurrency() == Concurrency.REPLACE) {
      others.forEach(assemblies::remove);
      return Optional.empty();
    }
    return others.stream().findFirst().map(other -> assemblies.expiryNanos(other) - nowNanos);
  }

  /**
   * 2.31 with the block's number and the size that the server prefers (RFC 7959, Sections 2.3 and
   * 2.9.1).
   */
  private Reception proceed(BlockOption block) {
    return new Reception.Answer(Response.of(Code.CONTINUE).with(acknowledged(block, true)));
  }

  /** The Block1 option of an answer to {@code block}. */
  Option acknowledged(BlockOption block, boolean more) {
    int preferred = config.preferredSizeExponent();
    // Whoever prefers the largest blocks takes BERT ones too, or would not have got here.
    int exponent =
        preferred == BlockSizes.LARGEST_EXPONENT
            ? block.sizeExponent()
            : Math.min(block.sizeExponent(), preferred);
    return new Option(OptionNumber.BLOCK1, new BlockOption(block.number(), more, exponent).value());
  }

  /** True when the body is, or announces to be (Size1), longer than the limit. */
  boolean exceedsLimit(Request request) {
    return request.payload().length() > config.maxBodyOctets()
        || request.options().uint(OptionNumber.SIZE1).orElse(0) > config.maxBodyOctets();
  }

  private Reception refuse(Request request, BlockOption block, BlockEvent.Reason reason) {
    tell(request, reason);
    return new Reception.Answer(
        switch (reason) {
          case WRONG_LENGTH ->
              Refusal.because(Code.BAD_REQUEST, "a block's length contradicts its SZX");
          case TOO_LARGE -> tooLarge().with(sameSize(block));
          case OUT_OF_SEQUENCE ->
              Refusal.because(Code.REQUEST_ENTITY_INCOMPLETE, "not the block that comes next");
          default ->
              Refusal.because(
                  Code.REQUEST_ENTITY_INCOMPLETE, "no earlier blocks belong to this one");
        });
  }

  /** 4.13 with the limit (RFC 7959, Section 2.9.3). */
  Response tooLarge() {
    return Response.of(Code.REQUEST_ENTITY_TOO_LARGE)
        .with(Option.uint(OptionNumber.SIZE1, config.maxBodyOctets()));
  }

  /** A smaller SZX would say that smaller blocks help, which they do not. */
  private static Option sameSize(BlockOption block) {
    return new Option(OptionNumber.BLOCK1, block.value());
  }

  /** 5.03 with the seconds to wait (RFC 9175, Section 3.3). */
  private Reception putOff(Request request, BlockEvent.Reason reason, long nanos) {
    tell(request, reason);
    long seconds = Math.max(1, (nanos + 999_999_999) / 1_000_000_000);
    return new Reception.Answer(
        Response.of(Code.SERVICE_UNAVAILABLE).with(Option.uint(OptionNumber.MAX_AGE, seconds)));
  }

  private void tell(Request request, BlockEvent.Reason reason) {
    int number = request.options().block1().map(BlockOption::number).orElse(0);
    events.emit(new BlockEvent.BlockRefused(request.peer(), request.method(), number, reason));
  }

  private BlockKey keyOf(Request request) {
    BlockKey key = BlockKey.of(request);
    return config.insecureIgnoreRequestTag() ? key.withoutTag() : key;
  }
}
