package dev.moat.foe.stack;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.foe.judge.Insight;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.scenario.Direction;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.Unprotected;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what the client of Foe's path and the server tell each other, by the run's own keys. */
final class OscoreInsight implements Insight {
  private static final int MAX_REMEMBERED = 4096;
  private static final Peer NOBODY = Peer.of(Bytes.of(127, 0, 0, 1), 0);

  private final Keys keys;
  private final Opened opened;
  private final Crypto crypto = JdkCrypto.create();
  private final Protector protector = new Protector(crypto);
  private final Map<Bytes, Known> knownByKid = new HashMap<>();
  private final Map<Bytes, Message> readBefore = new HashMap<>();
  private final Map<Bytes, Message> unreadByToken = new HashMap<>();
  private final Map<Bytes, Asked> askedByToken = new HashMap<>();

  OscoreInsight(Keys keys, Opened opened) {
    this.keys = keys;
    this.opened = opened;
  }

  @Override
  public Optional<Message> read(Direction direction, Bytes datagram) {
    Message known = readBefore.get(datagram);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Message> wire = opened.message(direction, datagram);
    if (wire.isEmpty() || !wire.get().options().has(OptionNumber.OSCORE)) {
      return wire;
    }
    Optional<Message> inner = unprotected(direction, wire.get());
    if (inner.isPresent() && readBefore.size() < MAX_REMEMBERED) {
      readBefore.put(datagram, inner.get());
    }
    return inner;
  }

  private Optional<Message> unprotected(Direction direction, Message wire) {
    try {
      return direction == Direction.TO_SERVER ? request(wire) : response(wire);
    } catch (OscoreException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<Message> request(Message combined) throws OscoreException {
    Message wire = withoutMessage3(combined);
    Request outer =
        new Request(
            wire.code(),
            wire.options(),
            wire.payload(),
            NOBODY,
            Reliability.CONFIRMABLE,
            Context.empty());
    Optional<Known> known = known(wire);
    if (known.isEmpty() && unreadByToken.size() < MAX_REMEMBERED) {
      unreadByToken.put(wire.token(), combined);
    }
    if (known.isEmpty()
        || !(protector.unprotectRequest(known.get().server, outer)
            instanceof Unprotected.Fresh fresh)) {
      return Optional.empty();
    }
    if (askedByToken.size() < MAX_REMEMBERED) {
      askedByToken.put(
          wire.token(), new Asked(known.get().parameters, fresh.binding().sequenceNumber()));
    }
    Request inner = fresh.inner();
    return Optional.of(with(wire, inner.method(), inner.options(), inner.payload()));
  }

  /** What OSCORE protects of a combined request (RFC 9668, Section 3.3.1). */
  private static Message withoutMessage3(Message request) {
    if (!request.options().has(OptionNumber.EDHOC)) {
      return request;
    }
    try {
      CborReader reader = new CborReader(request.payload());
      int octets = reader.item().length();
      Bytes ciphertext = request.payload().slice(octets, request.payload().length());
      Options options = request.options().without(OptionNumber.EDHOC);
      return with(request, request.code(), options, ciphertext);
    } catch (CborException malformed) {
      return request;
    }
  }

  /** The server's end of the context that a request names; derived anew once it has new keys. */
  private Optional<Known> known(Message wire) throws OscoreException {
    Bytes value = wire.options().first(OptionNumber.OSCORE).orElseThrow();
    Bytes kid = OscoreOption.decode(value).kid().orElse(Bytes.empty());
    Optional<ContextParameters> newest = keys.ofServer(kid);
    Known before = knownByKid.get(kid);
    if (newest.isPresent()
        && (before == null
            || !before.parameters.masterSecret().equals(newest.get().masterSecret()))) {
      Known known = new Known(newest.get(), derive(newest.get(), 0));
      knownByKid.put(kid, known);
      return Optional.of(known);
    }
    return Optional.ofNullable(before);
  }

  private Optional<Message> response(Message wire) throws OscoreException {
    Message unread = unreadByToken.remove(wire.token());
    if (unread != null) {
      // Its keys came about with it, so only now they are known.
      var unused = request(unread);
    }
    Asked asked = askedByToken.get(wire.token());
    if (asked == null) {
      return Optional.empty();
    }
    Response outer = new Response(wire.code(), wire.options(), wire.payload());
    Response inner = protector.unprotectResponse(bindingOf(asked), outer).inner();
    return Optional.of(with(wire, inner.code(), inner.options(), inner.payload()));
  }

  /** The client's binding, of a request that it has sent and that nobody sends here. */
  private RequestBinding bindingOf(Asked asked) throws OscoreException {
    try (ContextParameters reversed = asked.parameters.reversed()) {
      SecurityContext client = derive(reversed, asked.number);
      return protector.protectRequest(client, Request.to(NOBODY, Code.GET, "/")).binding();
    }
  }

  private SecurityContext derive(ContextParameters parameters, long firstNumber) {
    // What is protected here goes nowhere.
    return SecurityContext.derive(
        parameters,
        crypto,
        InsecureVolatileReservations.start(firstNumber),
        SecurityContext.Provenance.FRESH);
  }

  private static Message with(Message wire, Code code, Options options, Bytes payload) {
    return new Message(wire.type(), wire.messageId(), code, wire.token(), options, payload);
  }

  /** The run's keys. */
  @FunctionalInterface
  interface Keys {
    /** The newest ones by which the server verifies requests with {@code kid}. */
    Optional<ContextParameters> ofServer(Bytes kid);
  }

  private record Known(ContextParameters parameters, SecurityContext server) {}

  private record Asked(ContextParameters parameters, long number) {}
}
