package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.Message1;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody learns who sees every message (RFC 9528, Section 9.5; RFC 8613, Section 12.8). */
class CaptureTest {
  /** A handshake with a request behind it, as it was seen. */
  private static final class Capture {
    final Rig rig;
    final SecurityContext atServer;

    Capture(People people, int padding, boolean combined) {
      rig =
          new Rig(
              EdhocServerConfig.of(people.asResponder().padding(padding).build(), Parties.rules()));
      takeShortIds(rig.serverIds);
      RecipientIds clientIds = new RecipientIds(new ContextTable());
      takeShortIds(clientIds);
      EdhocClientConfig.Builder config =
          EdhocClientConfig.forward(
                  people.asInitiator().padding(padding).build(), Parties.rules(), people.method)
              .ids(clientIds);
      if (combined) {
        config.combined();
      }
      ContextOnDemand context = new ContextOnDemand(rig.client(config.build()));
      assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
      atServer = rig.edhoc.contexts().all().get(0);
    }

    /** Identifiers of two octets can be searched for; one octet is everywhere by accident. */
    private static void takeShortIds(RecipientIds ids) {
      for (int octet = 0; octet < 256; octet++) {
        assertThat(ids.reserve(ConnectionId.of(octet))).isTrue();
      }
    }

    Bytes cI() {
      return atServer.senderId();
    }

    Bytes cR() {
      return atServer.recipientId();
    }

    List<Request> handshake() {
      return rig.sent.stream().filter(r -> r.path().equals(EdhocMessages.DEFAULT_PATH)).toList();
    }

    Request underOscore() {
      return rig.sent.stream()
          .filter(request -> request.options().has(OptionNumber.OSCORE))
          .findFirst()
          .orElseThrow();
    }

    Bytes message2() {
      return rig.given.stream()
          .filter(response -> response.code().equals(Code.CHANGED))
          .map(Response::payload)
          .findFirst()
          .orElseThrow();
    }

    List<Options> options() {
      return Stream.concat(
              rig.sent.stream().map(Request::options), rig.given.stream().map(Response::options))
          .toList();
    }

    List<Bytes> payloads() {
      return Stream.concat(
              rig.sent.stream().map(Request::payload), rig.given.stream().map(Response::payload))
          .toList();
    }
  }

  private static boolean contains(Bytes octets, Bytes searched) {
    return octets.toHex().contains(searched.toHex());
  }

  private static Bytes kid(Request request) throws Exception {
    return OscoreOption.decode(request.options().first(OptionNumber.OSCORE).orElseThrow())
        .kid()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("LK-080")
  void theIdentifiersAreInClearWhereTheyMustBeAndNowhereElse(boolean combined) throws Exception {
    Capture capture = new Capture(People.of(3, 2), 1, combined);
    assertThat(capture.cI().length()).isEqualTo(2);
    assertThat(capture.cR().length()).isEqualTo(2);
    Bytes message1 =
        capture
            .handshake()
            .get(0)
            .payload()
            .slice(1, capture.handshake().get(0).payload().length());
    assertThat(Message1.decode(message1).cI().bytes()).isEqualTo(capture.cI());
    assertThat(contains(capture.message2(), capture.cR())).isFalse();
    assertThat(contains(capture.message2(), capture.cI())).isFalse();
    assertThat(kid(capture.underOscore())).isEqualTo(capture.cR());
    if (combined) {
      assertThat(capture.handshake()).hasSize(1); // the kid stands for C_R (RFC 9668, Section 3.2)
      assertThat(contains(capture.underOscore().payload(), capture.cR())).isFalse();
    } else {
      Bytes third = capture.handshake().get(1).payload();
      Bytes prefix = new ConnectionId(capture.cR()).encoded();
      assertThat(third.slice(0, prefix.length())).isEqualTo(prefix);
      assertThat(contains(third.slice(prefix.length(), third.length()), capture.cR())).isFalse();
    }
  }

  /**
   * ID_CRED_x goes in the messages, so that a peer may be met for the first time, and encrypted.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-078")
  @Tag("LK-081")
  void noCredentialIsInOptionsOrInClear(int method) {
    for (People people : List.of(People.of(method, 0), People.of(method, 2).byValue())) {
      for (boolean combined : new boolean[] {false, true}) {
        assertNothingShows(people, new Capture(people, 1, combined));
      }
    }
  }

  private static void assertNothingShows(People people, Capture capture) {
    List<Bytes> seen = new ArrayList<>(capture.payloads());
    for (Options options : capture.options()) {
      assertThat(options)
          .allMatch(option -> KNOWN_OPTIONS.contains(option.number()), people.toString());
      options.forEach(option -> seen.add(option.value()));
    }
    List<Bytes> traces = new ArrayList<>(people.initiator.traces());
    traces.addAll(people.responder.traces());
    assertThat(seen)
        .allSatisfy(octets -> assertThat(traces).noneMatch(trace -> contains(octets, trace)));
  }

  private static final List<Integer> KNOWN_OPTIONS =
      List.of(
          OptionNumber.URI_PATH,
          OptionNumber.CONTENT_FORMAT,
          OptionNumber.OSCORE,
          OptionNumber.EDHOC,
          OptionNumber.ECHO);

  /** Whether a credential goes by reference or by value, and whose it is, shows in lengths. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("LK-081")
  void paddingMakesTheLengthsEqual(boolean combined) {
    People people = People.of(0, 2);
    assertThat(lengths(new Capture(people, 1, combined)))
        .isNotEqualTo(lengths(new Capture(people.byValue(), 1, combined)));
    assertThat(lengths(new Capture(people, 200, combined)))
        .isEqualTo(lengths(new Capture(people.byValue(), 200, combined)));
  }

  /** Of payloads and of everything in the options. */
  private static List<Integer> lengths(Capture capture) {
    return Stream.concat(
            capture.payloads().stream().map(Bytes::length),
            capture.options().stream()
                .map(
                    options ->
                        options.toList().stream().map(Option::value).mapToInt(Bytes::length).sum()))
        .toList();
  }
}
