package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Response;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends the same request over the real stack once as it is and once under OSCORE, and records both,
 * with the algorithm of 8 octets of tag that RFC 8613 makes mandatory. Thread-safe.
 */
public final class OscoreBench {
  private static final String PATH = "/lux";
  private static final Bytes CONTENT = Bytes.utf8("120");
  private static final Bytes QUERY = Bytes.utf8("now");
  private static final Bytes SERVER_ID = Bytes.of(0x01);
  private static final Bytes TOKEN = Bytes.of(0);

  /** Which the tables of the literature have: of one, two and three octets. */
  private static final List<Long> SEQUENCE_NUMBERS = List.of(0x05L, 0x1005L, 0x10_0005L);

  private static final List<Bytes> IDS =
      List.of(Bytes.empty(), Bytes.of(0x42), Bytes.of(0x40, 0x02));

  private final Crypto crypto = JdkCrypto.create();
  private final RandomSource random = new SecureRandom()::nextBytes;

  /**
   * The sequence numbers 05, 1005 and 100005 with an empty Sender ID, then Sender IDs of one and of
   * two octets with 05; without and with a payload in the request.
   *
   * @throws MeasurementFailure when one fails
   */
  public List<OscoreRecord> standard() {
    List<OscoreRecord> all = new ArrayList<>();
    for (boolean withPayload : new boolean[] {false, true}) {
      for (long number : SEQUENCE_NUMBERS) {
        all.add(run(IDS.get(0), number, withPayload));
      }
      for (Bytes id : IDS.subList(1, IDS.size())) {
        all.add(run(id, SEQUENCE_NUMBERS.get(0), withPayload));
      }
    }
    return all;
  }

  /**
   * Measures one request.
   *
   * @param senderId the client's Sender ID, of at most 7 octets and not 0x01, which is the server's
   * @param sequenceNumber at most 2^40 - 1
   * @throws MeasurementFailure when it fails
   */
  public OscoreRecord run(Bytes senderId, long sequenceNumber, boolean withPayload) {
    String scenario =
        "oscore-id%d-seq%02x-%s"
            .formatted(senderId.length(), sequenceNumber, withPayload ? "fetch" : "get");
    try (SecretBytes secret = SecretBytes.random(16, random);
        ContextParameters parameters =
            ContextParameters.builder(secret, senderId, SERVER_ID).build();
        ContextParameters reversed = parameters.reversed();
        SecurityContext ofClient = context(parameters, sequenceNumber);
        SecurityContext ofServer = context(reversed, 0)) {
      return measured(
          scenario, new Contexts(ofClient, ofServer), new Question(sequenceNumber, withPayload));
    }
  }

  private SecurityContext context(ContextParameters parameters, long first) {
    AtomicLong next = new AtomicLong(first);
    SequenceReservations counted =
        count -> {
          long start = next.getAndAdd(count);
          return new SequenceReservations.Reserved(start, start + count);
        };
    return SecurityContext.derive(parameters, crypto, counted, Provenance.FRESH);
  }

  private static OscoreRecord measured(String scenario, Contexts contexts, Question question) {
    try (CoapServer server = server(contexts.ofServer);
        DatagramRecorder recorder = new DatagramRecorder(server.address())) {
      RecordedPath plain = recorder.path();
      RecordedPath secured = recorder.path();
      ClientRequest request = request(secured, question).securedBy(contexts.ofClient);
      return new OscoreRecord(
          contexts.ofClient.senderId(),
          question.sequenceNumber,
          question.withPayload,
          once(scenario + "-unprotected", plain, request(plain, question)),
          once(scenario, secured, request));
    }
  }

  /** Safe methods, which no server wants to be fresh. */
  private static ClientRequest request(RecordedPath way, Question question) {
    return question.withPayload
        ? Ends.request(Code.FETCH, way, PATH).payload(QUERY)
        : Ends.request(Code.GET, way, PATH);
  }

  private static CoapServer server(SecurityContext context) {
    Response response = Response.of(Code.CONTENT).withPayload(CONTENT);
    return Ends.server()
        .oscore(context)
        .resource(Resource.at(PATH).get(request -> response).fetch(request -> response))
        .start();
  }

  private static RecordedExchange once(String scenario, RecordedPath way, ClientRequest request) {
    // One token for both requests, so that it makes no difference.
    try (CoapClient client =
        Ends.client().stack(stack -> stack.withTokens(source -> any -> TOKEN)).build()) {
      Awaited.response(scenario, "request", client.sendAsync(request), CONTENT);
    }
    List<ExchangeMessage> messages = ExchangeReader.read(way.recorded(), true);
    if (messages.size() != 2) {
      throw new MeasurementFailure(
          scenario, "reading the record", "expected 2 messages, but sent were " + messages.size());
    }
    return new RecordedExchange(
        scenario,
        "OSCORE, " + scenario,
        Protocol.OSCORE,
        Origin.MEASURED,
        "sent over UDP in this run",
        Optional.empty(),
        messages);
  }

  private record Contexts(SecurityContext ofClient, SecurityContext ofServer) {}

  private record Question(long sequenceNumber, boolean withPayload) {}
}
