package dev.moat.cost.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that every element of a page is closed in order, as a parser would see it. */
final class MarkupBalance {
  private static final Set<String> VOID = Set.of("meta", "br", "img", "input", "link", "hr");
  private static final Set<String> RAW = Set.of("script", "style");
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\\s*>|<");

  private MarkupBalance() {}

  /** Empty when the page is balanced, else what is wrong. */
  static String complaint(String page) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(page);
    int at = "<!doctype html>".length();
    while (tags.find(at)) {
      at = tags.end();
      String name = tags.group(2);
      if (name == null) {
        return "a stray < at "
            + page.substring(tags.start(), Math.min(tags.start() + 60, page.length()));
      }
      if (!tags.group(1).isEmpty()) {
        if (open.isEmpty() || !open.pop().equals(name)) {
          return "</" + name + "> closes nothing at " + tags.start();
        }
      } else if (!VOID.contains(name)) {
        open.push(name);
        at = RAW.contains(name) ? page.indexOf("</" + name, at) : at;
      }
    }
    return open.isEmpty() ? "" : "never closed: " + open;
  }
}
