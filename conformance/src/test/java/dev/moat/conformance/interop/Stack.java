package dev.moat.conformance.interop;

import java.util.Map;
import java.util.function.BooleanSupplier;

/** The stacks, how to start each, and in what each is known to differ. */
enum Stack {
  CALIFORNIUM(() -> true, Californium.Server::new, tap -> new Californium.Client(tap.port())),
  JAVA_COAP(() -> true, JavaCoap.Server::new, tap -> new JavaCoap.Client(tap.port())),
  LIBCOAP(Libcoap::installed, store -> new Libcoap.Server(), Libcoap.Client::new),
  NODE(NodeCoap::installed, store -> new NodeCoap.Server(), tap -> new NodeCoap.Client(tap.port()));

  private static final Map<Stack, String> TO_INSTALL =
      Map.of(LIBCOAP, "apt-get install libcoap3-bin", NODE, "npm install coap, and NODE_PATH");

  private final BooleanSupplier installed;
  private final ServerStart server;
  private final ClientStart client;

  Stack(BooleanSupplier installed, ServerStart server, ClientStart client) {
    this.installed = installed;
    this.server = server;
    this.client = client;
  }

  /** True when the stack is known to behave so. */
  boolean has(Quirk quirk) {
    return quirk.stack == this;
  }

  boolean isInstalled() {
    return installed.getAsBoolean();
  }

  /** What to do when {@link #isInstalled} says no. */
  String absence() {
    return this + " is not installed: " + TO_INSTALL.getOrDefault(this, "nothing to install");
  }

  /** True for the stacks that serve what the test puts into the {@link Store}. */
  boolean servesStore() {
    return !TO_INSTALL.containsKey(this);
  }

  InteropServer serve(Store store) throws Exception {
    return server.start(store);
  }

  InteropClient open(WireTap tap) throws Exception {
    return client.start(tap);
  }

  /** What a stack does otherwise than RFC 7252 says or allows, as seen on the wire. */
  enum Quirk {
    /** Waits with its acknowledgement until it has the response, however long that takes. */
    PIGGYBACKS_LATE(JAVA_COAP),
    /**
     * Repeats the critical option in its 4.02, for which the client must reject it (Section 5.4.1).
     */
    REPEATS_REFUSED_OPTION(LIBCOAP),
    /** Answers requests with critical options it does not know. */
    IGNORES_CRITICAL_OPTIONS(NODE),
    /**
     * Joins the blocks of an upload only when all have one token, which RFC 7959 ties nothing to.
     */
    JOINS_BLOCKS_BY_TOKEN(NODE);

    private final Stack stack;

    Quirk(Stack stack) {
      this.stack = stack;
    }
  }

  private interface ServerStart {
    InteropServer start(Store store) throws Exception;
  }

  private interface ClientStart {
    InteropClient start(WireTap tap) throws Exception;
  }
}
