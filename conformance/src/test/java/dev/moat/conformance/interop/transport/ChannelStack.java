package dev.moat.conformance.interop.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Store;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The stacks, the channels that each knows, and how to start it. */
enum ChannelStack {
  MOAT(EnumSet.allOf(Channel.class), () -> true, MoatChannels::serve, MoatChannels::open),
  CALIFORNIUM(
      EnumSet.range(Channel.DTLS_PSK, Channel.TLS),
      () -> true,
      CaliforniumChannels::serve,
      CaliforniumChannels::open),
  JAVA_COAP(
      EnumSet.of(Channel.TCP, Channel.TLS), () -> true, JavaCoapTcp::serve, JavaCoapTcp::open),
  LIBCOAP(
      EnumSet.of(Channel.DTLS_PSK, Channel.DTLS_RPK, Channel.DTLS_X509, Channel.TCP, Channel.TLS),
      LibcoapChannels::installed,
      (channel, store) -> LibcoapChannels.serve(channel),
      LibcoapChannels::open);

  private final Set<Channel> channels;
  private final BooleanSupplier installed;
  private final ServerStart server;
  private final ClientStart client;

  ChannelStack(
      Set<Channel> channels, BooleanSupplier installed, ServerStart server, ClientStart client) {
    this.channels = channels;
    this.installed = installed;
    this.server = server;
    this.client = client;
  }

  Set<Channel> channels() {
    return channels;
  }

  /** True when a test can look into what the server serves. */
  boolean servesStore() {
    return this != LIBCOAP;
  }

  /** Skips the test and prints why, where the stack is not installed. */
  void assumeInstalled() {
    if (!installed.getAsBoolean()) {
      String absence = "interop skipped: " + this + " is missing: apt-get install libcoap3-bin";
      System.out.println(absence);
      assumeTrue(false, absence);
    }
  }

  InteropServer serve(Channel channel, Store store) throws Exception {
    return server.start(channel, store);
  }

  InteropClient open(Channel channel, int port) throws Exception {
    return client.start(channel, port);
  }

  private interface ServerStart {
    InteropServer start(Channel channel, Store store) throws Exception;
  }

  private interface ClientStart {
    InteropClient start(Channel channel, int port) throws Exception;
  }
}
