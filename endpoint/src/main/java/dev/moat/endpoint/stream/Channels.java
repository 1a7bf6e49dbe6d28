package dev.moat.endpoint.stream;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stack.AssociationNumbers;
import dev.moat.endpoint.udp.SocketAddresses;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes listeners and connections with their options and stages. */
final class Channels {
  private static final int BACKLOG = 1024;

  private final StreamConfig config;
  private final StreamLoop loop;
  private final EventSink events;
  private final Gatekeeper gatekeeper;
  private final Stages stages;

  Channels(StreamConfig config, StreamLoop loop, EventSink events) {
    this.config = config;
    this.loop = loop;
    this.events = events;
    this.gatekeeper = new Gatekeeper(loop, events);
    this.stages = new Stages(config, loop);
  }

  /** A listener that is not bound yet. */
  ServerBootstrap listener(StreamKind kind) {
    stages.requireServerOf(kind);
    return new ServerBootstrap()
        .group(loop.eventLoop())
        .channelFactory(config.transport()::newListener)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
        .handler(new AcceptFaults())
        .childHandler(new Accepted(kind));
  }

  /** A connection on its way; on the loop. */
  Link connect(Route route) throws HandshakeFailure {
    stages.requireClientOf(route);
    SocketChannel channel = newChannel();
    Link link = new Link(route, peerAt(route.address()), true, channel);
    int timeoutMillis = Math.toIntExact(config.limits().connectTimeout().toMillis());
    loop.links().add(link);
    var unused =
        new Bootstrap()
            .group(loop.eventLoop())
            .channelFactory(() -> channel)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
            .handler(new Initiated(link))
            .connect(route.address())
            .addListener(done -> tcpConnected(link, done.cause()));
    return link;
  }

  private SocketChannel newChannel() throws HandshakeFailure {
    try {
      return config.transport().newConnection();
    } catch (ChannelException failed) {
      throw new HandshakeFailure("this process can open no more sockets");
    }
  }

  private void tcpConnected(Link link, @Nullable Throwable failure) {
    if (failure != null) {
      InetSocketAddress to = link.route().address();
      String why = ConnectRefusals.sentence(failure, to, config.limits().connectTimeout());
      loop.links().refused(link, why);
    } else {
      limitHandshake(link);
    }
  }

  private void limitHandshake(Link link) {
    if (link.route().kind() != StreamKind.TCP) {
      String time = ConnectRefusals.seconds(config.limits().handshakeTimeout());
      String sentence = "the handshake was not over within " + time;
      loop.links().allow(link, config.limits().handshakeTimeout(), sentence);
    }
  }

  private WriteBufferWaterMark waterMark() {
    int full = config.limits().outboundOctets() / 4;
    return new WriteBufferWaterMark(full / 2, full);
  }

  /** The address of now, and a number that no other connection ever has. */
  private static Peer peerAt(InetSocketAddress address) {
    Peer at = SocketAddresses.toPeer(address);
    return new Peer(at.high(), at.low(), at.port(), at.scopeId(), AssociationNumbers.next());
  }

  private final class Initiated extends ChannelInitializer<Channel> {
    private final Link link;

    Initiated(Link link) {
      this.link = link;
    }

    @Override
    protected void initChannel(Channel channel) {
      stages.addTo(channel.pipeline(), link);
    }
  }

  private final class Accepted extends ChannelInitializer<Channel> {
    private final StreamKind kind;

    Accepted(StreamKind kind) {
      this.kind = kind;
    }

    @Override
    protected void initChannel(Channel channel) {
      InetSocketAddress from = (InetSocketAddress) channel.remoteAddress();
      InetSocketAddress here = (InetSocketAddress) channel.localAddress();
      if (from == null || here == null || loop.isClosed()) {
        var unused = channel.close();
        return;
      }
      Link link = new Link(new Route(kind, here, ""), peerAt(from), false, channel);
      if (!gatekeeper.admits(link, from.getAddress())) {
        link.abort();
        return;
      }
      loop.links().add(link);
      stages.addTo(channel.pipeline(), link);
      limitHandshake(link);
    }
  }

  /** No more connections can be accepted for now; Netty tries again in a second. */
  private final class AcceptFaults extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      events.emit(StreamEvent.LoopFault.of("accepting connections", cause));
    }
  }
}
