package dev.moat.interop.oscore;

import java.io.IOException;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.oscore.HashMapCtxDB;
import org.eclipse.californium.oscore.OSCoreCoapStackFactory;

/** Californium's sockets, configured in memory: it never looks for its properties file. */
final class CaliforniumEndpoint {
  private CaliforniumEndpoint() {}

  static Configuration configuration() {
    return new Configuration(
            CoapConfig.DEFINITIONS, UdpConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 1 << 16)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, 512)
        .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1);
  }

  static CoapEndpoint of(Configuration configuration, HashMapCtxDB contexts) throws IOException {
    return CoapEndpoint.builder()
        .setConfiguration(configuration)
        .setInetSocketAddress(Tap.local(0))
        .setCoapStackFactory(new OSCoreCoapStackFactory())
        .setCustomCoapStackArgument(contexts)
        .build();
  }
}
