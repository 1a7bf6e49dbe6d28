package dev.moat.cli.keys;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code moat keygen}: makes keys and credentials for EDHOC, DTLS and TLS, and converts keys. */
@Command(
    name = "keygen",
    header = "Make keys and credentials for EDHOC, DTLS and TLS, or convert keys.",
    description = {
      "",
      "For EDHOC (RFC 9528), writes NAME.json with a new private key and its credential, which only you can"
          + " read, and NAME.pub.json with the public part, to be given to the peers. Both are"
          + " credentials files: 'moat serve --edhoc' and 'moat get --credentials' take them as they"
          + " are. Files named .diag or .edn are written in diagnostic notation, as aiocoap takes"
          + " them.",
      "",
      "For DTLS and TLS, writes PEM files that libcoap and openssl read, too:",
      "  --type tls         an authority for tests, and certificates of a server and a client:",
      "                     moat serve --listen coaps://[::] -c NAME-server.pem -C NAME-ca.pem",
      "                     moat get -c NAME-client.pem -C NAME-ca.pem coaps://HOST/",
      "                     coap-client -c NAME-client.pem -C NAME-ca.pem coaps://HOST/",
      "  --type tls-server, tls-client   one certificate more, with --ca NAME-ca.key.pem",
      "  --type dtls-psk    a key for both sides, with an identity:",
      "                     moat serve --listen coaps://[::] --credentials NAME.json",
      "                     moat get --credentials NAME.json coaps://HOST/",
      "                     coap-client -u NAME -k \"$(cat NAME.key)\" coaps://HOST/",
      "                     openssl s_client -dtls1_2 -psk_identity NAME -psk HEX ..., where HEX",
      "                     is $(od -An -v -tx1 NAME.key | tr -d ' \\n')",
      "  --type rpk         a raw public key (RFC 7250):",
      "                     moat serve --listen coaps://[::] -M NAME.pem --peer-key PEER.pub.pem",
      "                     coap-client-gnutls -M PEER.pem coaps://HOST/",
      "",
      "With --in and --format, writes a key in another format. An input's format is found out:"
          + " COSE_Key in CBOR, diagnostic notation or JSON; PEM (PKCS #8, SEC 1,"
          + " SubjectPublicKeyInfo, certificate); JWK; a credentials file.",
      "",
      "Existing files are never overwritten without --force. A secret that other users may read is"
          + " refused.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 when written, 1 when a file cannot be read or written, 2 for wrong usage or a"
          + " wrong file.",
      "",
      "Examples:",
      "  moat keygen lock                            # lock.json and lock.pub.json",
      "  moat keygen phone --curve X25519 --kid 07",
      "  moat keygen house --type ca                 # an authority for tests",
      "  moat keygen lock --type x509 --ca house.json",
      "  moat keygen pair --type psk --initiator phone --responder lock",
      "  moat keygen house --type tls --host lock.example --host 192.0.2.7",
      "  moat keygen tablet --type tls-client --ca house-ca.key.pem",
      "  moat keygen phone --type dtls-psk           # phone.json and phone.key",
      "  moat keygen lock --type rpk                 # lock.pem and lock.pub.pem",
      "  moat keygen lock --in existing.pem          # a credential for a key that is there",
      "  moat keygen --in lock.json --format pem --out lock.pem",
      "  moat keygen --in lock.json --format jwk --public"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Whom the key is for: the subject of the credential, and the files' name.")
  private @Nullable String name;

  @Mixin private KeygenOptions options = new KeygenOptions();

  /** Created by picocli. */
  public KeygenCommand() {}

  @Override
  public Integer call() {
    try {
      options.check(name);
      Console console = Console.of(spec);
      if (name == null || options.format != null) {
        new KeyWriting(options, console).run(name);
      } else if (options.type.isForEdhoc()) {
        new CredentialWriting(options, name, console).run();
      } else if (options.type == CredentialKind.DTLS_PSK) {
        new SharedKeyWriting(options, name, console).run();
      } else {
        new TlsWriting(options, name, console).run();
      }
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The file for {@code name} when no other is asked for. */
  static Path file(KeygenOptions options, String name, String suffix) {
    return options.out != null ? options.out : Path.of(name + "." + suffix);
  }
}
