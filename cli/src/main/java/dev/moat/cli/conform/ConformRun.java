package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs files of vectors.
 *
 * @param wantedKinds labels of the kinds to run; empty means every file
 */
record ConformRun(List<String> wantedKinds) {
  /** Runs those of {@code files} that are wanted. */
  Verdicts run(List<VectorFile> files) {
    List<Verdicts.OfFile> verdicts = new ArrayList<>();
    for (VectorFile file : files) {
      if (wanted(file)) {
        verdicts.add(verdict(file));
      }
    }
    List<String> missing =
        wantedKinds.stream()
            .filter(kind -> verdicts.stream().noneMatch(file -> file.kind().equals(kind)))
            .toList();
    return new Verdicts(verdicts, missing);
  }

  private boolean wanted(VectorFile file) {
    return wantedKinds.isEmpty() || wantedKinds.contains(file.kindLabel());
  }

  private static Verdicts.OfFile verdict(VectorFile file) {
    Optional<Kind> kind = file.kind();
    if (file.unreadable().isPresent()) {
      return refused(file, file.unreadable().get());
    }
    if (kind.isEmpty()) {
      return refused(file, "kind not yet supported");
    }
    List<Verdicts.OfCase> cases = new ArrayList<>();
    for (int i = 0; i < file.cases().size(); i++) {
      cases.add(verdict(kind.get(), file.cases().get(i), i));
    }
    return new Verdicts.OfFile(file.name(), file.kindLabel(), "", cases);
  }

  private static Verdicts.OfFile refused(VectorFile file, String why) {
    return new Verdicts.OfFile(file.name(), file.kindLabel(), why, List.of());
  }

  private static Verdicts.OfCase verdict(Kind kind, JsonNode testCase, int index) {
    Findings findings = new Findings();
    if (Kind.of(testCase).filter(own -> own == kind).isEmpty()) {
      findings.problem("the case lacks the fields of kind " + kind.label());
    } else {
      run(kind, testCase, findings);
    }
    String id = testCase.path("id").asText("case " + (index + 1));
    return new Verdicts.OfCase(id, findings.list());
  }

  /** A vector with a nonsensical field is a failing case, not the end of the run. */
  private static void run(Kind kind, JsonNode testCase, Findings findings) {
    try {
      kind.runner().run(testCase, findings);
    } catch (IllegalArgumentException e) {
      findings.problem("the case cannot be run: " + e.getMessage());
    }
  }
}
