package dev.moat.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with secrets, written and read. */
class NewFileTest {
  @TempDir Path folder;

  @Test
  void aSecretIsForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("secret");
    new NewFile(false).secret(file, Bytes.utf8("s"));
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(SecretFile.read(file, false)).isEqualTo("s");
    Path open = folder.resolve("open");
    new NewFile(false).open(open, Bytes.utf8("p"));
    assertThat(permissions(open)).isEqualTo("rw-r--r--");
    assertThatThrownBy(() -> SecretFile.read(open, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("other users may read");
    assertThat(SecretFile.read(open, true)).isEqualTo("p");
  }

  @Test
  void replacesAFileOnlyWhenAskedAndThenWithItsOwnPermissions() throws IOException {
    Path file = folder.resolve("file");
    new NewFile(false).open(file, Bytes.utf8("old"));
    assertThatThrownBy(() -> new NewFile(false).secret(file, Bytes.utf8("new")))
        .hasMessageContaining("exists already");
    assertThatThrownBy(() -> new NewFile(false).check(file)).hasMessageContaining("exists");
    assertThat(Files.readString(file)).isEqualTo("old");
    new NewFile(true).check(file);
    new NewFile(true).secret(file, Bytes.utf8("new"));
    assertThat(Files.readString(file)).isEqualTo("new");
    assertThat(permissions(file)).isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void saysThatAFolderIsMissing() {
    assertThatThrownBy(() -> new NewFile(false).open(folder.resolve("no/x"), Bytes.empty()))
        .hasMessageContaining("cannot write");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
