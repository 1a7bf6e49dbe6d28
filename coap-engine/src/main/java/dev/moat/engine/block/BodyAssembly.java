package dev.moat.engine.block;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.service.Request;

/** A request body in the making. Owned by the {@link RequestAssembler}. */
final class BodyAssembly {
  private final Request first;
  private final ByteWriter body;
  private Bytes lastBlock;

  BodyAssembly(Request first) {
    this.first = first;
    this.body = new ByteWriter(4 * first.payload().length()).bytes(first.payload());
    this.lastBlock = first.payload().compact();
  }

  int octets() {
    return body.length();
  }

  boolean isNext(BlockOption block) {
    return block.offsetOctets() == body.length();
  }

  /** True for the block that was appended last, come once more in a message of its own. */
  boolean isRepetition(BlockOption block, Bytes payload) {
    return block.offsetOctets() + payload.length() == body.length() && payload.equals(lastBlock);
  }

  void append(Bytes payload) {
    var unused = body.bytes(payload);
    lastBlock = payload.compact();
  }

  /**
   * The request with the whole body: arrival and policy of the {@code last} block, options of the
   * first one, which alone may carry If-None-Match (RFC 7959, Section 2.10).
   */
  Request whole(Request last) {
    return last.withPayload(body.toBytes()).withOptions(first.options());
  }
}
