package dev.moat.conformance.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The stacks, how to start each, and in what each is known to differ. */
enum Stack {
  MOAT(() -> true, Moat.Server::new, tap -> new Moat.Client(tap.port())),
  CALIFORNIUM(() -> true, Californium.Server::new, tap -> new Californium.Client(tap.port())),
  JAVA_COAP(() -> true, JavaCoap.Server::new, tap -> new JavaCoap.Client(tap.port())),
  LIBCOAP(Libcoap::installed, store -> Libcoap.server(), Libcoap.Client::new),
  NODE(NodeCoap::installed, store -> NodeCoap.server(), tap -> new NodeCoap.Client(tap.port()));

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
    return quirk.stacks.contains(this);
  }

  /** Skips the test and prints why, where the stack is not installed. */
  void assumeInstalled() {
    if (!installed.getAsBoolean()) {
      String absence = "interop skipped: " + this + " is missing: " + TO_INSTALL.get(this);
      System.out.println(absence);
      assumeTrue(false, absence);
    }
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

  /** In what a stack differs from others, as seen on the wire. */
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
    JOINS_BLOCKS_BY_TOKEN(NODE),
    /** Its client answers a challenge (RFC 9175, Section 2.3) without its application. */
    ANSWERS_CHALLENGES(MOAT, JAVA_COAP, LIBCOAP);

    private final Set<Stack> stacks;

    Quirk(Stack... stacks) {
      this.stacks = Set.of(stacks);
    }
  }

  /** Starts a server. */
  interface ServerStart {
    InteropServer start(Store store) throws Exception;
  }

  private interface ClientStart {
    InteropClient start(WireTap tap) throws Exception;
  }
}
