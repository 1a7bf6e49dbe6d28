package dev.moat.cost.tls;

import dev.moat.cost.exchange.RecordOverhead;
import java.util.List;

/** What OSCORE, DTLS 1.2 and TLS 1.3 add to the same request and response, in the same run. */
public final class OverheadBench {
  private static final long SEQUENCE_NUMBER = 5;

  private final OscoreRecords oscore = new OscoreRecords();
  private final DtlsBench dtls = new DtlsBench();
  private final TlsBench tls = new TlsBench();

  /**
   * Protects one request and its response by each.
   *
   * @param requestPayload octets of the request's payload; 0 makes it a GET
   * @param responsePayload octets of the response's payload
   * @throws dev.moat.cost.measure.MeasurementFailure when one of them does not come to its end
   */
  public List<RecordOverhead> run(int requestPayload, int responsePayload) {
    CoapSample sample = CoapSample.of(requestPayload, responsePayload);
    return List.of(
        oscore.run(sample, 0, SEQUENCE_NUMBER),
        oscore.run(sample, 1, SEQUENCE_NUMBER),
        dtls.run(new DtlsShape(DtlsShape.Keys.PSK, DtlsShape.NO_CONNECTION_ID), sample).overhead(),
        dtls.run(new DtlsShape(DtlsShape.Keys.PSK, 1), sample).overhead(),
        tls.run(TlsShape.SERVER_AUTHENTICATION, sample).overhead());
  }
}
