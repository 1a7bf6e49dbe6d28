package dev.moat.cost.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-107")
class ClassFileTest {
  /** One method of one instruction, a constructor, a text of 5 octets and a number of 8. */
  @SuppressWarnings("unused")
  private static final class Sample {
    String text() {
      return "h\u00e9ll";
    }

    long number() {
      return 0x1122334455667788L;
    }
  }

  private static Bytes sample() throws Exception {
    try (InputStream in = ClassFileTest.class.getResourceAsStream("ClassFileTest$Sample.class")) {
      return Bytes.owned(in.readAllBytes());
    }
  }

  @Test
  void countsInstructionsAndLiteralsAndNoNames() throws Exception {
    Bytes file = sample();
    ClassFile read = ClassFile.read(file);

    // ldc, areturn; ldc2_w, lreturn; aload_0, invokespecial, return.
    assertThat(read.bytecodeOctets()).isEqualTo((2 + 1) + (3 + 1) + (1 + 3 + 1));
    assertThat(read.literalOctets()).isEqualTo(5 + 8);
    assertThat(read.octets()).isEqualTo(file.length());
  }

  @Test
  void refusesWhatIsNoClassFile() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassFile.read(Bytes.utf8("no class")))
        .withMessageContaining("0xcafebabe");
    Bytes half = sample().slice(0, 40);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> ClassFile.read(half))
        .withMessageContaining("without an end");
  }
}
