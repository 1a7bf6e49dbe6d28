package dev.moat.conformance.interop.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.conformance.interop.Bounds;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Store;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's WebSocket client, which knows no CoAP, at our server (RFC 8323, Section 4). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class JdkWebSocketTest {
  private static final Bytes CSM = Bytes.of(0x00, 0xe1);
  private static final Bytes GET_ROOT = Bytes.of(0x00, 0x01);
  private static final int SIGNALING_CSM = 0xe1;
  private static final int CONTENT = 0x45;

  private final BlockingQueue<Bytes> frames = new LinkedBlockingQueue<>();

  private WebSocket connect(Channel channel, int port, String path, String subprotocol)
      throws Exception {
    HttpClient.Builder client = HttpClient.newBuilder();
    if (channel == Channel.WSS) {
      client.sslContext(TlsSockets.context(Keys.CLIENT));
    }
    String scheme = channel == Channel.WSS ? "wss" : "ws";
    return client
        .build()
        .newWebSocketBuilder()
        .subprotocols(subprotocol)
        .buildAsync(URI.create(scheme + "://127.0.0.1:" + port + path), new Frames(frames))
        .get(Bounds.CALL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Bytes nextFrame() throws InterruptedException {
    Bytes frame = frames.poll(Bounds.CALL.toMillis(), TimeUnit.MILLISECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return frame;
  }

  private static void send(WebSocket socket, Bytes message) throws Exception {
    var unused =
        socket
            .sendBinary(ByteBuffer.wrap(message.toArray()), true)
            .get(Bounds.CALL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @ParameterizedTest
  @EnumSource(names = {"WS", "WSS"})
  void getsAnAnswerInAFrameOfItsOwn(Channel channel) throws Exception {
    try (InteropServer server = MoatChannels.serve(channel, new Store())) {
      WebSocket socket = connect(channel, server.port(), "/.well-known/coap", "coap");
      assertThat(socket.getSubprotocol()).isEqualTo("coap");
      send(socket, CSM);
      assertThat(nextFrame().at(1) & 0xff).isEqualTo(SIGNALING_CSM);
      send(socket, GET_ROOT);
      Bytes answer = nextFrame();
      assertThat(answer.at(0) & 0xff).as("Len and TKL").isZero();
      assertThat(answer.at(1) & 0xff).isEqualTo(CONTENT);
      assertThat(answer.toHex()).endsWith(Bytes.utf8("a store for interoperability tests").toHex());
      socket.abort();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WS", "WSS"})
  void isRefusedAtAnotherPathOrForAnotherProtocol(Channel channel) throws Exception {
    try (InteropServer server = MoatChannels.serve(channel, new Store())) {
      assertThatThrownBy(() -> connect(channel, server.port(), "/chat", "coap"))
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> connect(channel, server.port(), "/.well-known/coap", "chat"))
          .isInstanceOf(ExecutionException.class);
    }
  }

  /** Puts whole binary frames into a queue. */
  private record Frames(BlockingQueue<Bytes> frames) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] octets = new byte[data.remaining()];
      data.get(octets);
      frames.add(Bytes.owned(octets));
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
