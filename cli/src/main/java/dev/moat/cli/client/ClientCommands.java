package dev.moat.cli.client;

import dev.moat.coap.message.Code;
import picocli.CommandLine;

/** Adds the client commands to the command tree. */
public final class ClientCommands {
  private static final String[] EXIT = {
    "",
    "Exit status: 0 for a 2.xx response, 1 for an error response, for a request that was not"
        + " delivered and for one of which nobody knows, 2 for wrong usage.",
    "",
    "Examples:"
  };

  private ClientCommands() {}

  /** Adds them to {@code moat}. */
  public static void addTo(CommandLine moat) {
    add(
        moat,
        "get",
        Code.GET,
        "Read a resource.",
        "  moat get coap://localhost/hello",
        "  moat get -A application/json --json coap://localhost/sensor",
        "  moat get -b 64 -o large.txt coap://localhost/large",
        "  moat get -u phone --key-file phone.key coaps://localhost/hello",
        "  moat get -c client.pem -C ca.pem coaps+tcp://localhost/hello");
    add(
        moat,
        "put",
        Code.PUT,
        "Replace or create a resource.",
        "  moat put -e unlocked coap://localhost/lock",
        "  moat put -t application/cbor -f state.cbor coap://[2001:db8::1]/config");
    add(
        moat,
        "post",
        Code.POST,
        "Have a resource process a payload.",
        "  moat post -e 'hello' coap://localhost/test",
        "  date | moat post -f - coap://localhost/large-create");
    add(moat, "delete", Code.DELETE, "Delete a resource.", "  moat delete coap://localhost/test");
    add(
        moat,
        "fetch",
        Code.FETCH,
        "Read parts of a resource (RFC 8132).",
        "  moat fetch -t 320 -f query.json coap://localhost/s");
    add(
        moat,
        "patch",
        Code.PATCH,
        "Change parts of a resource (RFC 8132).",
        "  moat patch -t 52 -e '{\"on\":true}' coap://localhost/light");
    add(
        moat,
        "ipatch",
        Code.IPATCH,
        "Change parts of a resource, repeatably (RFC 8132).",
        "  moat ipatch -t 52 -e '{\"on\":true}' coap://localhost/light");
    addObserve(moat);
    CommandLine unused =
        moat.addSubcommand("ping", new PingCommand())
            .addSubcommand("discover", new DiscoverCommand());
  }

  private static void addObserve(CommandLine moat) {
    CommandLine command = new CommandLine(new RequestCommand(Code.GET, true));
    describe(
        command,
        "Observe a resource (RFC 7641) until -s or Ctrl-C ends it.",
        "  moat observe coap://localhost/clock",
        "  moat observe -s 60 --json coap://localhost/sensor");
    CommandLine unused = moat.addSubcommand("observe", command);
  }

  private static void add(
      CommandLine moat, String name, Code method, String header, String... examples) {
    CommandLine command = new CommandLine(new RequestCommand(method, false));
    describe(command, header, examples);
    CommandLine unused = moat.addSubcommand(name, command);
  }

  private static void describe(CommandLine command, String header, String... examples) {
    String[] footer = new String[EXIT.length + examples.length];
    System.arraycopy(EXIT, 0, footer, 0, EXIT.length);
    System.arraycopy(examples, 0, footer, EXIT.length, examples.length);
    var unused = command.getCommandSpec().usageMessage().header(header).footer(footer);
  }
}
