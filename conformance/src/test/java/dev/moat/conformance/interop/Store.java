package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The resources that every server in these tests offers, without any CoAP: the fixture of each
 * stack adapts it. The libcoap server offers the same by itself, with its own text at the root.
 *
 * <ul>
 *   <li>{@code /}: GET only
 *   <li>{@code /async}: GET, answered after {@link #DELAY_MILLIS}
 *   <li>{@code /store}, {@code /large}: GET, PUT, POST, DELETE
 *   <li>{@code /state}: the same, observable
 * </ul>
 */
public final class Store {
  public static final String ROOT = "/";
  public static final String ASYNC = "/async";
  public static final String STATE = "/state";
  public static final List<String> WRITABLE = List.of("/store", "/large", STATE);

  /** Longer than any stack waits for a piggybacked response. */
  static final int DELAY_MILLIS = 1_000;

  private final Map<String, Bytes> bodies = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /** Answers one request, later when the path says so. */
  public CompletableFuture<Answer> handle(Code method, String path, Bytes body) {
    if (path.equals(ASYNC)) {
      Executor delayed =
          CompletableFuture.delayedExecutor(
              DELAY_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
      return CompletableFuture.supplyAsync(() -> readOnly(method, "done"), delayed);
    }
    return CompletableFuture.completedFuture(now(method, path, body));
  }

  private Answer now(Code method, String path, Bytes body) {
    if (path.equals(ROOT)) {
      return readOnly(method, "a store for interoperability tests");
    }
    if (!WRITABLE.contains(path)) {
      return Answer.of(Code.NOT_FOUND);
    }
    if (method == Code.GET) {
      return stored(path).map(Answer::content).orElse(Answer.of(Code.NOT_FOUND));
    }
    if (method == Code.DELETE) {
      bodies.remove(path);
      return Answer.of(Code.DELETED);
    }
    boolean existed = bodies.put(path, body.compact()) != null;
    listeners.forEach(listener -> listener.accept(path));
    return Answer.of(existed ? Code.CHANGED : Code.CREATED);
  }

  private static Answer readOnly(Code method, String text) {
    return method == Code.GET
        ? Answer.content(Bytes.utf8(text))
        : Answer.of(Code.METHOD_NOT_ALLOWED);
  }

  public Optional<Bytes> stored(String path) {
    return Optional.ofNullable(bodies.get(path));
  }

  /**
   * A body of {@code octets} that looks random and that the scripts of other stacks can compute
   * too.
   */
  public static Bytes longBody(int octets) {
    byte[] body = new byte[octets];
    int state = 7959;
    for (int i = 0; i < octets; i++) {
      state = state * 1_103_515_245 + 12_345;
      body[i] = (byte) (state >> 16);
    }
    return Bytes.owned(body);
  }

  /** Calls {@code listener} with the path of every later change. */
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }
}
