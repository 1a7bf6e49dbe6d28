package dev.moat.cost.device;

import dev.moat.crypto.Primitives;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.run.EdhocSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Octets of arrays and great numbers that a state of ours reaches, without settings, long-term keys
 * and what the platform's own classes hide.
 */
final class HeldOctets {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> waiting = new ArrayDeque<>();
  private int octets;

  private HeldOctets() {}

  static int of(Object state) throws IllegalAccessException {
    HeldOctets held = new HeldOctets();
    held.reach(state);
    while (!held.waiting.isEmpty()) {
      held.look(held.waiting.pop());
    }
    return held.octets;
  }

  private void reach(Object object) {
    boolean counts =
        object != null
            && !(object instanceof EdhocSettings)
            && !(object instanceof Primitives)
            && !(object instanceof Identity)
            && !(object instanceof Terms)
            && !(object instanceof Enum)
            && !(object instanceof Class);
    if (counts && seen.add(object)) {
      waiting.push(object);
    }
  }

  private void look(Object object) throws IllegalAccessException {
    octets += octets(object);
    if (object instanceof Optional<?> optional) {
      optional.ifPresent(this::reach);
    } else if (object instanceof AtomicReference<?> reference) {
      reach(reference.get());
    } else if (object instanceof Iterable<?> all && !isOurs(object)) {
      all.forEach(this::reach);
    } else if (object instanceof Object[] all) {
      Arrays.stream(all).forEach(this::reach);
    } else if (isOurs(object)) {
      fields(object);
    }
  }

  private static int octets(Object object) {
    if (object instanceof byte[] array) {
      return array.length;
    }
    if (object instanceof int[] array) {
      return 4 * array.length;
    }
    if (object instanceof long[] array) {
      return 8 * array.length;
    }
    return object instanceof BigInteger number ? (number.bitLength() + 7) / 8 : 0;
  }

  private static boolean isOurs(Object object) {
    String name = object.getClass().getName();
    return name.startsWith("dev.moat.") && !name.contains("$$Lambda");
  }

  private void fields(Object object) throws IllegalAccessException {
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          reach(field.get(object));
        }
      }
    }
  }
}
