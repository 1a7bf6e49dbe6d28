package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.cli.Main;
import dev.moat.cli.console.Exit;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.codec.WsCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code moat decode} and the codec read the same format with different code: they must agree. */
final class DecodeCommandFuzzTest {
  @MethodSource("dev.moat.fuzz.Seeds#datagrams")
  @FuzzTest
  void agreesWithTheCodec(@NotNull byte[] datagram) {
    Bytes message = Bytes.copyOf(datagram);
    if (message.isEmpty()) {
      return; // without digits there is no message
    }
    int expected = isWellFormed(() -> UdpCodec.decode(message)) ? Exit.OK : Exit.FAILED;
    assertThat(decode(message.toHex())).isEqualTo(expected);
    assertThat(decode("--json", message.toHex())).isEqualTo(expected);
  }

  @MethodSource("dev.moat.fuzz.Seeds#streams")
  @FuzzTest
  void agreesWithTheCodecsOfStreams(@NotNull byte[] octets) {
    Bytes message = Bytes.copyOf(octets);
    if (message.isEmpty()) {
      return; // without digits there is no message
    }
    int tcp = isWellFormed(() -> TcpCodec.decode(message)) ? Exit.OK : Exit.FAILED;
    assertThat(decode("--tcp", message.toHex())).isEqualTo(tcp);
    assertThat(decode("--tcp", "--json", message.toHex())).isEqualTo(tcp);
    int ws = isWellFormed(() -> WsCodec.decode(message)) ? Exit.OK : Exit.FAILED;
    assertThat(decode("--ws", message.toHex())).isEqualTo(ws);
  }

  private static boolean isWellFormed(Decoding decoding) {
    try {
      return decoding.decode() != null;
    } catch (MessageFormatException refused) {
      return false;
    }
  }

  private static int decode(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] command = new String[arguments.length + 1];
    command[0] = "decode";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(command);
    assertThat(err.toString()).doesNotContain("\tat ").doesNotContain("Exception");
    return exit;
  }

  @FunctionalInterface
  private interface Decoding {
    Object decode() throws MessageFormatException;
  }
}
