package dev.moat.foe.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
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
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
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

  private final PresetContexts contexts;
  private final SecretBytes runSecret;
  private final Crypto crypto = JdkCrypto.create();
  private final Protector protector = new Protector(crypto);
  private final SecurityContext server;
  private final Map<Bytes, Message> readBefore = new HashMap<>();
  private final Map<Bytes, Long> numberByToken = new HashMap<>();

  OscoreInsight(PresetContexts contexts, SecretBytes runSecret) {
    this.contexts = contexts;
    this.runSecret = runSecret;
    this.server = contexts.server(Step.Caller.CLIENT, runSecret, crypto);
  }

  @Override
  public Optional<Message> read(Direction direction, Bytes datagram) {
    Message known = readBefore.get(datagram);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Message> wire = Insight.decode(datagram);
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

  private Optional<Message> request(Message wire) throws OscoreException {
    Request outer =
        new Request(
            wire.code(),
            wire.options(),
            wire.payload(),
            NOBODY,
            Reliability.CONFIRMABLE,
            Context.empty());
    if (!(protector.unprotectRequest(server, outer) instanceof Unprotected.Fresh fresh)) {
      return Optional.empty();
    }
    if (numberByToken.size() < MAX_REMEMBERED) {
      numberByToken.put(wire.token(), fresh.binding().sequenceNumber());
    }
    Request inner = fresh.inner();
    return Optional.of(with(wire, inner.method(), inner.options(), inner.payload()));
  }

  private Optional<Message> response(Message wire) throws OscoreException {
    Long number = numberByToken.get(wire.token());
    if (number == null) {
      return Optional.empty();
    }
    Response outer = new Response(wire.code(), wire.options(), wire.payload());
    Response inner = protector.unprotectResponse(bindingOf(number), outer).inner();
    return Optional.of(with(wire, inner.code(), inner.options(), inner.payload()));
  }

  /** The client's binding, of a request that it has sent and that nobody sends here. */
  private RequestBinding bindingOf(long number) throws OscoreException {
    SecurityContext client = contexts.client(Step.Caller.CLIENT, runSecret, crypto, number);
    return protector.protectRequest(client, Request.to(NOBODY, Code.GET, "/")).binding();
  }

  private static Message with(Message wire, Code code, Options options, Bytes payload) {
    return new Message(wire.type(), wire.messageId(), code, wire.token(), options, payload);
  }
}
