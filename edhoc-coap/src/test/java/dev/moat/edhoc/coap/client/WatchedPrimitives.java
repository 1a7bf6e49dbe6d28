package dev.moat.edhoc.coap.client;

import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.Primitives;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Remembers the ephemeral and derived keys of one endpoint, to see which of them are erased. */
final class WatchedPrimitives {
  private final List<SecretBytes> derived = new ArrayList<>();
  private final List<DhPrivateKey> open = new ArrayList<>();
  private int generated;

  Primitives of(Primitives inner) {
    return new Primitives(
        proxy(Crypto.class, inner.symmetric()),
        proxy(Curves.class, inner.curves()),
        inner.keccak());
  }

  int generated() {
    return generated;
  }

  int derived() {
    return derived.size();
  }

  /** Private keys that nobody has closed. */
  List<DhPrivateKey> openKeys() {
    return List.copyOf(open);
  }

  /** Derived keys that can still be read. */
  List<SecretBytes> alive() {
    return derived.stream().filter(WatchedPrimitives::isAlive).toList();
  }

  private static boolean isAlive(SecretBytes secret) {
    try {
      return secret.use(octets -> true);
    } catch (IllegalStateException erased) {
      return false;
    }
  }

  private <T> T proxy(Class<T> type, T inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> seen(inner, method, arguments)));
  }

  private Object seen(Object inner, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      open.remove(inner);
    }
    Object result;
    try {
      result = method.invoke(inner, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
    if (result instanceof DhPrivateKey key) {
      open.add(key);
      generated++;
      return proxy(DhPrivateKey.class, key);
    }
    if (result instanceof SecretBytes secret) {
      derived.add(secret);
    }
    return result;
  }
}
