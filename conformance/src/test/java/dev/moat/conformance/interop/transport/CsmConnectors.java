package dev.moat.conformance.interop.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.tcp.netty.TcpClientConnector;
import org.eclipse.californium.elements.tcp.netty.TcpServerConnector;
import org.eclipse.californium.elements.tcp.netty.TlsClientConnector;
import org.eclipse.californium.elements.tcp.netty.TlsServerConnector;

/**
 * Californium's connectors for TCP and TLS, which leave the Capabilities and Settings Message to
 * others, with a handler that begins each connection with one (RFC 8323, Section 5.3).
 */
final class CsmConnectors {
  /** 7.01 with Block-Wise-Transfer; the default Max-Message-Size of 1,152 octets. */
  private static final byte[] CSM = {0x10, (byte) 0xe1, 0x40};

  private CsmConnectors() {}

  private static void begin(Channel channel) {
    channel.pipeline().addLast(new CsmFirst());
  }

  /** Writes the CSM when the connection is open, and before all else that is written. */
  private static final class CsmFirst extends ChannelDuplexHandler {
    private boolean begun;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      // Under TLS this waits for the end of the handshake.
      begin(context);
      context.fireChannelActive();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      begin(context);
      context.write(message, promise);
    }

    private void begin(ChannelHandlerContext context) {
      if (!begun) {
        begun = true;
        context.writeAndFlush(Unpooled.wrappedBuffer(CSM));
      }
    }
  }

  static final class TcpServer extends TcpServerConnector {
    TcpServer(InetSocketAddress address, Configuration configuration) {
      super(address, configuration);
    }

    @Override
    protected void onNewChannelCreated(Channel channel) {
      super.onNewChannelCreated(channel);
      begin(channel);
    }
  }

  static final class TlsServer extends TlsServerConnector {
    TlsServer(SSLContext context, InetSocketAddress address, Configuration configuration) {
      super(context, address, configuration);
    }

    @Override
    protected void onNewChannelCreated(Channel channel) {
      super.onNewChannelCreated(channel);
      begin(channel);
    }
  }

  static final class TcpClient extends TcpClientConnector {
    TcpClient(Configuration configuration) {
      super(configuration);
    }

    @Override
    protected void onNewChannelCreated(SocketAddress remote, Channel channel) {
      super.onNewChannelCreated(remote, channel);
      begin(channel);
    }
  }

  static final class TlsClient extends TlsClientConnector {
    TlsClient(SSLContext context, Configuration configuration) {
      super(context, configuration);
    }

    @Override
    protected void onNewChannelCreated(SocketAddress remote, Channel channel) {
      super.onNewChannelCreated(remote, channel);
      begin(channel);
    }
  }
}
