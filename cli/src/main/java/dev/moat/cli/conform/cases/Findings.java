package dev.moat.cli.conform.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What one case found wrong, or why it could not be run, and what a reader should know of it. */
public final class Findings {
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String notRun = "";

  /** Adds a problem. */
  public void problem(String text) {
    problems.add(text);
  }

  /** Adds a problem when the two differ. */
  public void same(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      problem(what + " is " + shown(actual) + ", expected " + shown(expected));
    }
  }

  /** Adds a problem when {@code stated} has the member and the octets differ from it. */
  public void asStated(String member, JsonNode stated, Bytes actual) {
    Json.optional(stated, member).ifPresent(octets -> same(member, octets, actual));
  }

  /** Says that the case asks for something that is not supported here. */
  public void notRun(String why) {
    if (notRun.isEmpty()) {
      notRun = why;
    }
  }

  /** Why the case was not run; empty when it was. */
  public String notRun() {
    return notRun;
  }

  /** Says something about how the case was judged; once for each text. */
  public void note(String text) {
    if (!notes.contains(text)) {
      notes.add(text);
    }
  }

  /** What a reader should know, in order. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Takes over what {@code others} found, told as part of {@code name}. */
  public void addAll(String name, Findings others) {
    others.list().forEach(problem -> problem(name + ": " + problem));
    others.notes().forEach(this::note);
  }

  /** True when nothing was found so far. */
  public boolean none() {
    return problems.isEmpty();
  }

  /** The problems, in order. */
  public List<String> list() {
    return List.copyOf(problems);
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.isEmpty() ? "empty" : text;
  }
}
