package dev.moat.radio.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.reference.Claims.Claim;
import dev.moat.radio.reference.Claims.Figure;
import dev.moat.radio.reference.Ledger.Given;
import dev.moat.radio.reference.Ledger.Wrong;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Walks every leaf of lightweight-reference.json. Each is put out by a model, or is a checked sum
 * of other leaves, or stands in reference-ledger.txt: as wrong, with the right value, or as no
 * model's output, with the reason.
 */
class ReferenceTest {
  private static final Place FILE = Place.file();
  private static final Map<String, JsonNode> LEAVES = FILE.leaves();
  private static final Ledger LEDGER = Ledger.load();
  private static final Set<String> WRONG =
      LEDGER.wrong().stream().map(Wrong::path).collect(Collectors.toSet());
  private static final Claims OF_MODELS = claims();
  private static final Map<String, Claim> CLAIMS = OF_MODELS.byPath();

  private static Claims claims() {
    Claims claims = new Claims();
    HandshakeClaims.add(FILE, claims);
    EdhocModelClaims.add(FILE, claims);
    OverheadClaims.add(FILE, claims);
    LorawanClaims.add(FILE, claims);
    LorawanExchangeClaims.add(FILE, claims);
    SixtischClaims.add(FILE, claims);
    NbiotClaims.add(FILE, claims);
    AmplificationClaims.add(FILE, claims);
    return claims;
  }

  @Nested
  class Reproduces {
    @Test
    @Tag("LK-100")
    @Tag("LK-121")
    void everyHandshakesSizesToTheOctet() {
      assertReproduced("handshake_sizes");
    }

    @Test
    @Tag("LK-100")
    void everyRecordsOverheadToTheOctet() {
      assertReproduced("record_overhead");
    }

    @Test
    @Tag("LK-100")
    void everyTimeOnAirPacketAndWaitOnLorawan() {
      assertReproduced("lorawan");
    }

    @Test
    @Tag("LK-100")
    void everyFrameAndBoundOn6tisch() {
      assertReproduced("6tisch");
    }

    @Test
    @Tag("LK-100")
    void everyFragmentLimitAndVerdict() {
      assertReproduced("fragment_requirements");
    }

    @Test
    @Tag("LK-106")
    @Tag("LK-119")
    @Tag("LK-120")
    void everyTimeAndEnergyOnNbiot() {
      assertReproduced("nbiot");
    }

    @Test
    @Tag("LK-100")
    void everyAmplificationFactor() {
      assertReproduced("amplification");
    }

    @Test
    @Tag("LK-121")
    void whatEdhocSentIn802154Frames() {
      assertReproduced("footprint");
    }

    private static void assertReproduced(String section) {
      assertThat(CLAIMS.keySet()).anyMatch(path -> path.startsWith(section + Place.SEPARATOR));
      List<String> failures = new ArrayList<>();
      CLAIMS.forEach(
          (path, claim) -> {
            JsonNode leaf = LEAVES.get(path);
            if (path.startsWith(section + Place.SEPARATOR)
                && !WRONG.contains(path)
                && (leaf == null || !claim.agreesWith(leaf))) {
              failures.add(path + ": file " + leaf + ", model " + claim);
            }
          });
      assertThat(failures).isEmpty();
    }
  }

  @Nested
  class Accounts {
    @Test
    @Tag("LK-100")
    void forEveryLeafByAModelOrByTheLedger() {
      List<String> unaccounted =
          LEAVES.keySet().stream()
              .filter(path -> !CLAIMS.containsKey(path) && !isGiven(path))
              .toList();
      assertThat(unaccounted).isEmpty();
    }

    @Test
    void forNoLeafTwice() {
      List<String> twice =
          LEAVES.keySet().stream()
              .filter(path -> CLAIMS.containsKey(path) && isGiven(path))
              .toList();
      assertThat(twice).isEmpty();
    }

    /** So that nobody shortens the proof by listing more as given. */
    @Test
    void forAsManyLeavesAsItSays() {
      long numbers = LEAVES.values().stream().filter(JsonNode::isNumber).count();
      long claimed =
          LEAVES.entrySet().stream()
              .filter(leaf -> leaf.getValue().isNumber() && CLAIMS.containsKey(leaf.getKey()))
              .count();
      long wrong = LEDGER.wrong().stream().filter(one -> LEAVES.containsKey(one.path())).count();
      long sums = OF_MODELS.checkedSums().stream().filter(path -> !WRONG.contains(path)).count();
      assertThat(
              "%d numbers: %d reproduced, %d checked sums, %d wrong, %d given"
                  .formatted(numbers, claimed - sums - wrong, sums, wrong, numbers - claimed))
          .isEqualTo("2591 numbers: 1740 reproduced, 72 checked sums, 15 wrong, 764 given");
    }

    private static boolean isGiven(String path) {
      return LEDGER.given().stream().anyMatch(given -> given.matches(path));
    }
  }

  @Nested
  class EveryEntryOfTheLedger {
    @Test
    void matchesALeafAndGivesAReason() {
      for (Given given : LEDGER.given()) {
        assertThat(LEAVES.keySet()).as(given.text()).anyMatch(given::matches);
        assertThat(given.why()).as(given.text()).isNotBlank();
      }
    }

    @Test
    @Tag("LK-100")
    void putsRightWhatTheFileHasWrongByTheModelsFigure() {
      for (Wrong wrong : LEDGER.wrong()) {
        assertThat(CLAIMS).as("a model for " + wrong.path()).containsKey(wrong.path());
        Figure figure = (Figure) CLAIMS.get(wrong.path());
        BigDecimal published = new BigDecimal(wrong.published());
        assertThat(figure.agreesWith(published)).as(wrong + ": really wrong?").isFalse();
        assertThat(wrong.isCorrectedBy(figure)).as(wrong + ", model " + figure).isTrue();
        assertThat(wrong.why()).isNotBlank();
      }
    }

    @Test
    void quotesWhatIsPublished() {
      for (Wrong wrong : LEDGER.wrong()) {
        String note = wrong.path().split(Claims.NOTED)[0];
        assertThat(LEAVES).as(wrong.path()).containsKey(note);
        if (note.equals(wrong.path())) {
          assertThat(LEAVES.get(note).decimalValue()).isEqualByComparingTo(wrong.published());
        }
      }
    }

    @Test
    void listsEveryFigureThatModelsHaveAgainstANote() {
      List<String> noted =
          CLAIMS.keySet().stream().filter(path -> path.contains(Claims.NOTED)).toList();
      assertThat(WRONG).containsAll(noted);
    }
  }
}
