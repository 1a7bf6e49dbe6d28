package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.CoapEndpoint;

/** Another stack's client, which carries messages of EDHOC without knowing what they are. */
interface EdhocPoster {
  String PATH = "/.well-known/edhoc";
  int CID_EDHOC = 65;

  /** POSTs {@code body} with Content-Format 65 to the server behind {@code tap}. */
  Posted post(WireTap tap, Bytes body) throws Exception;

  /** What came back. */
  record Posted(Code code, int contentFormat, Bytes payload) {}

  static Posted byCalifornium(WireTap tap, Bytes body) throws Exception {
    CoapEndpoint endpoint = Californium.endpoint(Californium.configuration());
    CoapClient client = new CoapClient();
    client.setEndpoint(endpoint).setTimeout(Bounds.CALL.toMillis());
    endpoint.start();
    try {
      Request request = new Request(CoAP.Code.POST);
      request.setURI("coap://127.0.0.1:" + tap.port() + PATH);
      request.getOptions().setContentFormat(CID_EDHOC);
      request.setPayload(body.toArray());
      CoapResponse response = client.advanced(request);
      if (response == null) {
        throw new AssertionError("Californium timed out");
      }
      return new Posted(
          Code.ofOctet(response.getCode().value),
          response.getOptions().getContentFormat(),
          Bytes.copyOf(response.getPayload()));
    } finally {
      client.shutdown();
      endpoint.destroy();
    }
  }

  /** libcoap prints neither code nor format: those are read from the tap. */
  static Posted byLibcoap(WireTap tap, Bytes body) throws Exception {
    Path folder = Files.createTempDirectory("moat-edhoc");
    Path sent = Files.write(folder.resolve("sent"), body.toArray());
    Path received = folder.resolve("received");
    try (BoundedProcess process =
        new BoundedProcess(
            List.of(
                Libcoap.CLIENT,
                "-B",
                "9",
                "-m",
                "post",
                "-t",
                String.valueOf(CID_EDHOC),
                "-f",
                sent.toString(),
                "-o",
                received.toString(),
                "coap://127.0.0.1:" + tap.port() + PATH))) {
      int unused = process.awaitExit(Bounds.CALL);
      Message response = UdpCodec.decode(tap.lastResponse().datagram());
      return new Posted(
          response.code(),
          (int) response.options().contentFormat().orElse(-1),
          Bytes.owned(Files.readAllBytes(received)));
    } finally {
      Files.deleteIfExists(sent);
      Files.deleteIfExists(received);
      Files.delete(folder);
    }
  }
}
