package dev.moat.cli.decode;

import picocli.CommandLine.Option;

/** The flags for a format other than that of UDP; at most one of them. picocli fills them in. */
final class StreamFormat {
  @Option(names = "--tcp", description = "The message is one of CoAP over TCP or TLS.")
  private boolean tcp;

  @Option(names = "--ws", description = "The message is one of CoAP over WebSockets.")
  private boolean webSocket;

  /** Created by picocli. */
  StreamFormat() {}

  /** The format that is meant. */
  WireFormat format() {
    return tcp ? WireFormat.TCP : webSocket ? WireFormat.WEBSOCKET : WireFormat.UDP;
  }
}
