package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.io.Closeable;

/** A running client and server of two stacks, with a tap between them. */
final class Pairing implements Closeable {
  private final Store store;
  private final boolean servesStore;
  private final InteropServer server;
  private final WireTap tap;
  private final InteropClient client;

  Pairing(Stack clientStack, Stack serverStack) throws Exception {
    this(clientStack, new Store(), serverStack.servesStore(), serverStack::serve);
  }

  /** A client of some stack, and a server that is started in some way. */
  Pairing(Stack clientStack, Store store, boolean servesStore, Stack.ServerStart start)
      throws Exception {
    this.store = store;
    this.servesStore = servesStore;
    server = start.start(store);
    tap = new WireTap(server.port());
    client = clientStack.open(tap);
  }

  WireTap tap() {
    return tap;
  }

  Answer call(Call call) throws Exception {
    return client.call(call);
  }

  InteropClient.Watch observe(String path) throws Exception {
    return client.observe(path);
  }

  /**
   * Changes a resource: at the server itself where the test can, else by a PUT of this pair's
   * client.
   */
  void place(String path, Bytes body) throws Exception {
    if (servesStore) {
      var unused = store.handle(Code.PUT, path, body);
    } else {
      var unused = client.call(Call.put(path, body));
    }
  }

  /**
   * Reads a resource: at the server itself where the test can, else by a GET of this pair's client.
   */
  Bytes read(String path) throws Exception {
    return servesStore
        ? store.stored(path).orElse(Bytes.empty())
        : client.call(Call.get(path)).body();
  }

  @Override
  public void close() {
    client.close();
    tap.close();
    server.close();
  }
}
