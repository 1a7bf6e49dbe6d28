package dev.moat.cli.client;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a request can be given besides its URI; picocli fills it in. */
final class RequestFlags {
  @Option(
      names = {"-m", "--method"},
      paramLabel = "METHOD",
      description =
          "Send another method than the command's: get, put, post, delete, fetch, patch, ipatch, or"
              + " a number from 1 to 31.")
  @Nullable String method;

  @Option(
      names = {"-e", "--payload"},
      paramLabel = "TEXT",
      description = "Payload: this text, in UTF-8.")
  @Nullable String text;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Payload: the content of a file, or of standard input for -.")
  @Nullable String file;

  @Option(
      names = {"-t", "--content-format"},
      paramLabel = "FORMAT",
      description = "Content-Format of the payload, a number or a name such as application/json.")
  @Nullable String contentFormat;

  @Option(
      names = {"-A", "--accept"},
      paramLabel = "FORMAT",
      description = "Content-Format wanted in the response, a number or a name.")
  @Nullable String accept;

  @Option(
      names = {"-O", "--option"},
      paramLabel = "NUM,VALUE",
      description = "Any option by its number; VALUE is text, or octets as 0x followed by digits.")
  List<String> options = List.of();

  @Option(
      names = {"-s", "--subscribe"},
      paramLabel = "SECONDS",
      description = "Observe the resource for so long (get, fetch and observe).")
  @Nullable Double subscribeSeconds;

  @Option(
      names = {"-b", "--block-size"},
      paramLabel = "OCTETS",
      description = "Block size for block-wise transfers: 16, 32, 64, 128, 256, 512 or 1024.")
  @Nullable Integer blockSize;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the payload of a 2.xx response to this file, as it is.")
  @Nullable Path output;
}
