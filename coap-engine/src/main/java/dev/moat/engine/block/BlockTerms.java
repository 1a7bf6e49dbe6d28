package dev.moat.engine.block;

import dev.moat.coap.option.BlockOption;
import dev.moat.coap.service.Request;
import dev.moat.engine.stream.MessageRoom;
import java.util.Optional;

/**
 * What a request said about blocks, kept until it is answered.
 *
 * @param request the message that completed the request, with its block options
 * @param block1 the last block's option, acknowledged in the answer
 * @param block2 the wish for a block number and size of the answer
 */
record BlockTerms(Request request, Optional<BlockOption> block1, Optional<BlockOption> block2) {
  static BlockTerms of(Request request) {
    return new BlockTerms(request, request.options().block1(), request.options().block2());
  }

  /** What a message of the connection holds; empty over datagrams. */
  Optional<MessageRoom> room() {
    return request.context().find(MessageRoom.KEY);
  }

  /** True when a block behind the first one is wished for. */
  boolean asksLaterBlock() {
    return block2.isPresent() && block2.get().number() > 0;
  }
}
