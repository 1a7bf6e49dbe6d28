package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Terminal;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.service.Request;
import dev.moat.engine.TokenSource;
import java.util.Optional;

/**
 * Shows on a terminal how far a block-wise transfer is. Every block is a request with a token of
 * its own, so the token source sees them all. Called on the event loop, and by the command's thread
 * when all is over.
 */
final class Progress {
  private static final String CLEAR = "\r\u001b[K";
  private static final int BLOCKS_PER_UPDATE = 16;
  private static final int KIBI = 1024;

  private final Console console;
  private final boolean shown;
  private volatile boolean visible;

  private Progress(Console console, boolean shown) {
    this.console = console;
    this.shown = shown;
  }

  /** Shows on {@code console} when a person looks at it. */
  static Progress on(Console console) {
    return new Progress(console, Terminal.showsProgress());
  }

  /** A source of tokens that tells what it is asked for. */
  TokenSource watching(TokenSource tokens) {
    return request -> {
      Bytes token = tokens.next(request);
      see(request);
      return token;
    };
  }

  private void see(Request request) {
    Optional<BlockOption> up = request.options().block1();
    Optional<BlockOption> block = up.or(request.options()::block2);
    if (shown && block.isPresent() && block.get().number() % BLOCKS_PER_UPDATE == 1) {
      visible = true;
      long octets = block.get().offsetOctets();
      String direction = up.isPresent() ? "sent" : "received";
      console.err().print(CLEAR + octets / KIBI + " KiB " + direction);
      console.err().flush();
    }
  }

  /** Takes the progress off the terminal. */
  void done() {
    if (visible) {
      visible = false;
      console.err().print(CLEAR);
      console.err().flush();
    }
  }
}
