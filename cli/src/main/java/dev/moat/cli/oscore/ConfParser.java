package dev.moat.cli.oscore;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.file.Place;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ReplayWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives the settings of an oscore_conf file their meaning. A keyword without a meaning here is
 * refused, or, when leaving it out is the safer choice, reported; none is skipped in silence.
 */
final class ConfParser {
  private static final int MAX_RESERVATION = 1_000_000;
  private static final String REQUIRED = "RFC 8613, Section 3.2, derives keys from it.";

  private final Path file;
  private final Set<String> seen = new HashSet<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Bytes> recipientIds = new ArrayList<>();
  private final Map<String, Consumer<ConfEntry>> keywords =
      Map.ofEntries(
          Map.entry("master_secret", entry -> masterSecret = Optional.of(entry.octets())),
          Map.entry("master_salt", entry -> masterSalt = entry.octets()),
          Map.entry("sender_id", entry -> senderId = Optional.of(entry.octets())),
          Map.entry("recipient_id", this::recipient),
          Map.entry("id_context", entry -> idContext = Optional.of(entry.octets())),
          Map.entry("aead_alg", entry -> aead = aead(entry)),
          Map.entry("hkdf_alg", entry -> hkdf = hkdf(entry)),
          Map.entry(
              "replay_window", entry -> replayWindow = entry.integer(0, ReplayWindow.MAX_SIZE)),
          Map.entry(
              "ssn_freq", entry -> reservation = Optional.of(entry.integer(1, MAX_RESERVATION))),
          Map.entry("rfc8613_b_1_2", this::echoRecovery),
          Map.entry("rfc8613_b_2", entry -> derivesAnew = entry.bool()),
          Map.entry("break_sender_key", this::breakKey),
          Map.entry("break_recipient_key", this::breakKey),
          Map.entry("mode", this::mode),
          Map.entry("silent_server", this::silentServer),
          Map.entry("last_seq", this::restoredWindow),
          Map.entry("sliding_window", this::restoredWindow));

  private Optional<Bytes> masterSecret = Optional.empty();
  private Bytes masterSalt = Bytes.empty();
  private Optional<Bytes> senderId = Optional.empty();
  private Optional<Bytes> idContext = Optional.empty();
  private AeadAlgorithm aead = AeadAlgorithm.AES_CCM_16_64_128;
  private HashAlgorithm hkdf = HashAlgorithm.SHA_256;
  private int replayWindow = ReplayWindow.DEFAULT_SIZE;
  private Optional<Integer> reservation = Optional.empty();
  private boolean derivesAnew;

  private ConfParser(Path file) {
    this.file = file;
  }

  /** What {@code text}, the content of {@code file}, says. */
  static OscoreConf parse(Path file, String text) {
    ConfParser parser = new ConfParser(file);
    ConfReader.read(file, text).forEach(parser::entry);
    return parser.conf();
  }

  private void entry(ConfEntry entry) {
    Consumer<ConfEntry> meaning = keywords.get(entry.keyword());
    if (meaning == null) {
      throw entry
          .place()
          .refuse(
              "is no keyword of OSCORE known here",
              "Keywords are case-sensitive and begin the line; see coap-oscore-conf(5). Group OSCORE"
                  + " and EDHOC are not yet supported.");
    }
    if (!seen.add(entry.keyword()) && !entry.keyword().equals("recipient_id")) {
      throw entry.place().refuse("is there twice", "Leave one of the two out.");
    }
    meaning.accept(entry);
  }

  private OscoreConf conf() {
    Bytes secret = required("master_secret", masterSecret);
    if (secret.isEmpty()) {
      throw new Place(file, 0, "master_secret").refuse("is empty", "Write at least 16 octets.");
    }
    Bytes sender = required("sender_id", senderId);
    if (recipientIds.isEmpty()) {
      throw missing("recipient_id");
    }
    if (derivesAnew && idContext.isPresent()) {
      warnings.add(
          new Place(file, 0, "id_context")
              + " has no effect: rfc8613_b_2 has both sides choose a random one");
    }
    return new OscoreConf(
        Place.of(file),
        SecretBytes.copyOf(secret.toArray()),
        masterSalt,
        sender,
        recipientIds,
        idContext,
        aead,
        hkdf,
        replayWindow,
        reservation,
        derivesAnew,
        warnings);
  }

  private Bytes required(String keyword, Optional<Bytes> value) {
    return value.orElseThrow(() -> missing(keyword));
  }

  private RuntimeException missing(String keyword) {
    return new Place(file, 0, keyword).refuse("is missing", "Add it; " + REQUIRED);
  }

  private void recipient(ConfEntry entry) {
    Bytes id = entry.octets();
    if (recipientIds.contains(id)) {
      throw entry.place().refuse("names the same recipient again", "Leave one of the two out.");
    }
    recipientIds.add(id);
  }

  private static AeadAlgorithm aead(ConfEntry entry) {
    return AlgorithmNames.aead(entry.name())
        .orElseThrow(() -> unknown(entry, AlgorithmNames.aeadChoices()));
  }

  private static HashAlgorithm hkdf(ConfEntry entry) {
    return AlgorithmNames.hkdf(entry.name())
        .orElseThrow(() -> unknown(entry, AlgorithmNames.hkdfChoices()));
  }

  private static RuntimeException unknown(ConfEntry entry, String choices) {
    return entry
        .place()
        .refuse("names '" + entry.value() + "', which is not supported", "Choose: " + choices);
  }

  /** Without Appendix B.1.2 a restarted server would have to accept replays. */
  private void echoRecovery(ConfEntry entry) {
    if (!entry.bool()) {
      warnings.add(
          entry.place()
              + " stays true: after a restart requests are accepted only once Echo proves them fresh"
              + " (RFC 8613, Appendix B.1.2)");
    }
  }

  private void breakKey(ConfEntry entry) {
    if (entry.bool()) {
      throw entry
          .place()
          .refuse(
              "would break a key on purpose, which Moat does not do",
              "Leave it out. To see what a wrong key does, use a configuration with another"
                  + " master_secret.");
    }
  }

  private void mode(ConfEntry entry) {
    if (!entry.name().equals("single")) {
      throw entry.place().refuse("can only be single", "Group OSCORE is not yet supported.");
    }
  }

  private void silentServer(ConfEntry entry) {
    if (entry.bool()) {
      warnings.add(entry.place() + " has no effect: ask for no response with -O 258,0x1a");
    }
  }

  /** A window that somebody wrote into a file says nothing about what came after it. */
  private void restoredWindow(ConfEntry entry) {
    throw entry
        .place()
        .refuse(
            "would trust a replay window from a file, which may be an old copy",
            "Leave it out: Moat keeps its own state and proves freshness by Echo after a restart"
                + " (RFC 8613, Appendix B.1.2).");
  }
}
