package dev.moat.coap.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lengths of blocks (RFC 7959, Section 2.2; RFC 8323, Section 6). */
class BlockOptionTest {
  @Test
  void blocksAreAsLongAsTheirExponentSaysButTheLast() {
    assertThat(new BlockOption(0, true, 6).contradicts(1024)).isFalse();
    assertThat(new BlockOption(0, true, 6).contradicts(2048)).isTrue();
    assertThat(new BlockOption(1, false, 6).contradicts(17)).isFalse();
    assertThat(new BlockOption(1, false, 6).contradicts(1025)).isTrue();
  }

  @Test
  void bertBlocksAreAnyNumberOfKibibytesAndTheLastOfAnyLength() {
    BlockOption more = new BlockOption(3, true, BlockOption.BERT_EXPONENT);
    assertThat(more.contradicts(1024)).isFalse();
    assertThat(more.contradicts(5120)).isFalse();
    assertThat(more.contradicts(1500)).isTrue();
    assertThat(more.contradicts(0)).as("it would never end").isTrue();
    assertThat(more.offsetOctets()).isEqualTo(3072);
    assertThat(new BlockOption(8, false, BlockOption.BERT_EXPONENT).contradicts(4711)).isFalse();
  }
}
