package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Response;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.measure.MeasurementFailure;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestForm;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Protects a request and its response by OSCORE (RFC 8613) with keys of their own. Thread-safe. */
public final class OscoreRecords {
  private static final int SECRET_OCTETS = 16;
  private static final String SOURCE = "protected and verified in this run, in memory";

  private final Crypto crypto = PrimitivesChoice.best().symmetric();
  private final RandomSource random = new SecureRandom()::nextBytes;

  /**
   * What protecting {@code sample} adds.
   *
   * @param senderIdOctets length of the client's Sender ID, 0 to 7, which is in every request
   * @param sequenceNumber of the request: below 256 its Partial IV has one octet
   * @throws MeasurementFailure when the other side does not get what was sent
   */
  public RecordOverhead run(CoapSample sample, int senderIdOctets, long sequenceNumber) {
    String variant =
        "kid of " + senderIdOctets + ", sequence number " + Long.toHexString(sequenceNumber);
    Bytes sender = Bytes.owned(new byte[senderIdOctets]);
    Bytes recipient = Bytes.of(1);
    try (SecretBytes secret = SecretBytes.random(SECRET_OCTETS, random);
        ContextParameters client = ContextParameters.builder(secret, sender, recipient).build();
        ContextParameters server = client.reversed();
        SecurityContext asking = context(client, sequenceNumber);
        SecurityContext serving = context(server, 0);
        Protector protector = new Protector(crypto)) {
      return measured(variant, sample, protector, asking, serving);
    } catch (OscoreException refused) {
      throw new MeasurementFailure("OSCORE, " + variant, "protecting", refused);
    }
  }

  /** The keys die with the run, so that numbers need not be kept anywhere. */
  private SecurityContext context(ContextParameters parameters, long first) {
    AtomicLong next = new AtomicLong(first);
    SequenceReservations inMemory =
        count -> {
          long start = next.getAndAdd(count);
          return new SequenceReservations.Reserved(start, start + count);
        };
    return SecurityContext.derive(parameters, crypto, inMemory, SecurityContext.Provenance.FRESH);
  }

  private static RecordOverhead measured(
      String variant,
      CoapSample sample,
      Protector protector,
      SecurityContext asking,
      SecurityContext serving)
      throws OscoreException {
    ProtectedRequest request =
        protector.protectRequest(asking, sample.request(), RequestForm.STANDARD);
    Unprotected received = protector.unprotectRequest(serving, request.outer());
    if (!(received instanceof Unprotected.Fresh fresh)
        || !fresh.inner().payload().equals(sample.request().payload())) {
      throw new MeasurementFailure("OSCORE, " + variant, "the request", "not what was sent");
    }
    Response response =
        protector.protectResponse(fresh.binding(), sample.response(), ResponseForm.REUSE_NONCE);
    var verified = protector.unprotectResponse(request.binding(), response);
    if (!verified.inner().equals(sample.response())) {
      throw new MeasurementFailure("OSCORE, " + variant, "the response", "not what was sent");
    }
    int plainRequest = sample.requestDatagram().length();
    int plainResponse = sample.responseDatagram().length();
    return new RecordOverhead(
        Protocol.OSCORE,
        variant,
        plainRequest,
        plainResponse,
        Origin.MEASURED,
        CoapSample.datagram(request.outer()).length() - plainRequest,
        CoapSample.datagram(response).length() - plainResponse,
        asking.aead().tagOctets(),
        SOURCE);
  }
}
