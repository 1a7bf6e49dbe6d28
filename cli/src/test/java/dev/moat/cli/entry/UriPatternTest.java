package dev.moat.cli.entry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriPatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, coap://host/a/b?c",
    "coap://host/a, coap://host/a",
    "coap://host/*, coap://host/",
    "coap://host/*, coap://host/.well-known/core?rt=*",
    "coap://host/*/x, coap://host/a/b/x",
    "coap://127.0.0.1*, coap://127.0.0.1:61616/a/b",
    "coaps+tcp://*, coaps+tcp://host/a/b",
    "*://host/*, coap://host/a/b",
    "coap*://host/a, coaps+tcp://host/a",
    "coap://*.example/*, coap://lock.example/a/b",
    "coap://[::1]:*/a*, coap://[::1]:5683/a/b",
    ":me*, :me/you"
  })
  void standsFor(String pattern, String uri) {
    assertThat(UriPattern.matches(pattern, uri)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "coap://host/a, coap://host/ab",
    "coap://host/*, coap://host",
    "coap://host/*, coaps://host/a",
    "coap://hos./*, coap://host/a",
    "coap://*.example/*, coap://other.test/x.example/y",
    "coap://*.example/*, coap://other.test/?.example/y",
    "coap://*.example/*, coap://other.test?x.example/y",
    "*://host/*, coap://other.test/://host/x",
    "coap://a*b*/c, coap://a/b/c"
  })
  void doesNotStandFor(String pattern, String uri) {
    assertThat(UriPattern.matches(pattern, uri)).isFalse();
  }
}
