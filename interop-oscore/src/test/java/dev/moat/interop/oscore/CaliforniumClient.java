package dev.moat.interop.oscore;

import dev.moat.bytes.Bytes;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.oscore.HashMapCtxDB;
import org.eclipse.californium.oscore.OSCoreCtx;

/** Californium as client of one resource. */
final class CaliforniumClient implements AutoCloseable {
  private final CoapEndpoint endpoint;
  private final CoapClient client = new CoapClient();
  private final String uri;

  CaliforniumClient(String uri, OSCoreCtx context) throws Exception {
    this.uri = uri;
    HashMapCtxDB contexts = new HashMapCtxDB();
    contexts.addContext(uri, context);
    endpoint = CaliforniumEndpoint.of(CaliforniumEndpoint.configuration(), contexts);
    client.setEndpoint(endpoint).setTimeout(Bounds.CALL.toMillis());
    endpoint.start();
  }

  CoapResponse get() throws Exception {
    return send(request(CoAP.Code.GET));
  }

  CoapResponse put(Bytes body) throws Exception {
    Request request = request(CoAP.Code.PUT);
    request.setPayload(body.toArray());
    return send(request);
  }

  /**
   * Observes; each representation goes to {@code arrived}. Notifications are taken where they have
   * been verified: what the client orders them by is not the Partial IV.
   */
  CoapObserveRelation observe(BlockingQueue<String> arrived) throws Exception {
    endpoint.addNotificationListener(
        (request, notification) -> arrived.add(notification.getPayloadString()));
    Request request = request(CoAP.Code.GET);
    request.setObserve();
    return client.observeAndWait(request, new Ignoring());
  }

  private Request request(CoAP.Code method) {
    Request request = new Request(method, CoAP.Type.CON);
    request.setURI(uri);
    request.getOptions().setOscore(new byte[0]);
    return request;
  }

  private CoapResponse send(Request request) throws Exception {
    CoapResponse response = client.advanced(request);
    if (response == null) {
      throw new IOException("Californium has no response to " + request);
    }
    return response;
  }

  @Override
  public void close() {
    client.shutdown();
    endpoint.destroy();
  }

  private static final class Ignoring implements CoapHandler {
    @Override
    public void onLoad(CoapResponse response) {
      // The listener has it.
    }

    @Override
    public void onError() {
      // A notification is then missing.
    }
  }
}
