package dev.moat.crypto.bc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.SignatureAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PrimitivesChoiceTest {
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void takesConscryptForWhatItHasAndBouncyCastleForTheRest() {
    assertThat(PrimitivesChoice.describe(PrimitivesChoice.best()))
        .hasSize(2)
        .anyMatch(line -> line.matches("Conscrypt [\\d.]+: P_256 P_384 X25519 ES256 ES384 ED25519"))
        .anyMatch(line -> line.matches("Bouncy Castle [\\d.]+: X448 ED448"));
  }

  @Test
  void supportsEverythingAtItsBest() {
    Curves curves = PrimitivesChoice.best().curves();
    assertThat(DhCurve.values()).allMatch(curves::supports);
    assertThat(SignatureAlgorithm.values()).allMatch(curves::supports);
    assertThat(curves.provider()).contains("Bouncy Castle");
  }

  @Test
  void takesOneProviderAloneWhenAskedTo() {
    assertThat(PrimitivesChoice.describe(PrimitivesChoice.bouncyCastle()))
        .singleElement()
        .asString()
        .startsWith("Bouncy Castle ")
        .endsWith(": P_256 P_384 X25519 X448 ES256 ES384 ED25519 ED448");
    assertThat(PrimitivesChoice.describe(PrimitivesChoice.jdk()))
        .hasSize(2)
        .contains("not supported: ED448");
  }

  /** As in an application that does not bring Conscrypt: its classes are nowhere to be found. */
  @Test
  void doesWithoutConscrypt() throws ReflectiveOperationException {
    Class<?> choice = Class.forName(PrimitivesChoice.class.getName(), true, new WithoutConscrypt());
    assertThat(choice).isNotEqualTo(PrimitivesChoice.class);
    Object best = invoke(choice, "best");
    assertThat(invoke(choice, "conscrypt")).hasToString("Optional.empty");
    Object described = choice.getMethod("describe", Primitives.class).invoke(null, best);
    assertThat(described).asString().startsWith("[Bouncy Castle").doesNotContain("Conscrypt");
  }

  private static Object invoke(Class<?> type, String method) throws ReflectiveOperationException {
    try {
      return type.getMethod(method).invoke(null);
    } catch (InvocationTargetException failed) {
      throw new AssertionError(failed.getCause());
    }
  }

  /** Loads the classes of this package anew, and none of Conscrypt. */
  private static final class WithoutConscrypt extends ClassLoader {
    WithoutConscrypt() {
      super(PrimitivesChoiceTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.conscrypt.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.moat.crypto.bc.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String path = name.replace('.', '/') + ".class";
      try (InputStream stream = getParent().getResourceAsStream(path)) {
        byte[] octets = stream.readAllBytes();
        return defineClass(name, octets, 0, octets.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
