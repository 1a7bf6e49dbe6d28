package dev.moat.endpoint.udp;

import dev.moat.coap.service.EventSink;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.LoopGate;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Open UDP sockets and the loops that serve them. Thread-safe. */
public final class UdpEndpoint implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 5;

  // Linux: do not deliver groups that another socket joined (ipv6(7)). IPv4 has an option in Netty.
  private static final ChannelOption<Integer> IPV6_MULTICAST_ALL =
      new IntegerUnixChannelOption("IPV6_MULTICAST_ALL", 41, 29);

  private final UdpConfig config;
  private final EventSink events;
  private final LoopThreads threads;
  private final EventLoopGroup group;
  private final List<UdpLoop> loops = new ArrayList<>();
  private final List<ReceiveBuffer> buffers = new ArrayList<>();
  private InetSocketAddress address;

  private UdpEndpoint(UdpConfig config, EventSink events) {
    this.config = config;
    this.events = events;
    this.address = config.bind();
    this.threads = new LoopThreads(config.threads().name(), config.threads().daemon());
    this.group =
        new MultiThreadIoEventLoopGroup(config.loops(), threads, config.transport().ioHandlers());
  }

  /**
   * Opens the sockets and starts to serve them; blocks until they are open.
   *
   * @param protocols makes the protocol of each loop, given the way back to that loop
   * @throws UncheckedIOException when an address cannot be bound or a group not be joined; nothing
   *     stays open
   */
  public static UdpEndpoint start(
      UdpConfig config, Function<LoopGate, DatagramProtocol> protocols, EventSink events) {
    UdpEndpoint endpoint = new UdpEndpoint(config, events);
    try {
      endpoint.refuseWhatCannotTellGroupsApart();
      for (int i = 0; i < config.loops(); i++) {
        endpoint.open(protocols);
      }
      for (MulticastGroup joined : config.groups()) {
        endpoint.join(joined);
      }
    } catch (UncheckedIOException failed) {
      endpoint.close();
      throw failed;
    }
    return endpoint;
  }

  /** Where the sockets are bound, with the port that the system chose when none was given. */
  public InetSocketAddress address() {
    return address;
  }

  /** How the sockets are driven. */
  public Transport transport() {
    return config.transport();
  }

  /** The loops; a peer's datagrams always come to the same one. */
  public List<UdpLoop> loops() {
    return List.copyOf(loops);
  }

  /**
   * True on the thread of any endpoint's loop: whoever waits there stops others from being served.
   */
  public static boolean isAnyLoopThread() {
    return LoopThreads.isCurrent();
  }

  /** True when the calling thread is one of the loops, which must not wait for itself. */
  public boolean isLoopThread() {
    return loops.stream().anyMatch(UdpLoop::isOwner);
  }

  /**
   * Concludes every exchange, closes the sockets and ends the threads; the stage completes when all
   * is done.
   */
  public CompletableFuture<Void> closeAsync() {
    CompletableFuture<?>[] closing =
        loops.stream().map(UdpLoop::close).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> done = new CompletableFuture<>();
    var unused =
        CompletableFuture.allOf(closing)
            .thenRun(
                () ->
                    group
                        .shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                        .addListener(ignored -> releaseAll(done)));
    return done;
  }

  private void releaseAll(CompletableFuture<Void> done) {
    buffers.forEach(ReceiveBuffer::close);
    buffers.clear();
    done.complete(null);
  }

  /** {@link #closeAsync()}, and waits for it unless called by a loop itself. */
  @Override
  public void close() {
    CompletableFuture<Void> done = closeAsync();
    if (!isLoopThread()) {
      await(done);
      threads.join();
    }
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      done.get(2 * SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      throw new IllegalStateException("the event loops did not end", late);
    }
  }

  private void open(Function<LoopGate, DatagramProtocol> protocols) {
    UdpLoop loop = new UdpLoop(group.next(), config, protocols, events);
    loops.add(loop);
    Channel channel = bind(loop, config.transport()::newChannel, loop.unicastReceiver(), address);
    address = (InetSocketAddress) channel.localAddress();
    if (!config.groups().isEmpty()) {
      ignoreForeignGroups(channel);
    }
    events.emit(new UdpEvent.Bound(address.toString(), config.transport()));
  }

  /**
   * The JDK leaves a wildcard socket open to every group that any socket of the host joined, and
   * does not tell where a datagram was sent: a request to the group would be taken for one to this
   * host (RFC 7252, Section 8.2).
   */
  private void refuseWhatCannotTellGroupsApart() {
    boolean wildcard = config.bind().getAddress().isAnyLocalAddress();
    if (config.transport() == Transport.NIO && wildcard && !config.groups().isEmpty()) {
      throw new UncheckedIOException(
          new IOException("with NIO, multicast needs a bind address instead of the wildcard"));
    }
  }

  private void join(MulticastGroup joined) {
    UdpLoop loop = loops.get(0);
    SocketProtocolFamily family =
        joined.isIpv4() ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    // Bound to the group's own address, this socket sees nothing but datagrams sent to the group.
    InetSocketAddress where = new InetSocketAddress(joined.bindAddress(), address.getPort());
    Channel channel =
        bind(loop, () -> config.transport().newChannel(family), loop.multicastReceiver(), where);
    InetSocketAddress target = new InetSocketAddress(joined.address(), address.getPort());
    ChannelFuture done = ((DatagramChannel) channel).joinGroup(target, joined.networkInterface());
    require(done, "join " + joined.address().getHostAddress());
  }

  private Channel bind(
      UdpLoop loop,
      ChannelFactory<? extends DatagramChannel> channels,
      ChannelInboundHandlerAdapter handler,
      InetSocketAddress where) {
    Bootstrap bootstrap =
        new Bootstrap().group(loop.eventLoop()).channelFactory(channels).handler(handler);
    applyOptions(bootstrap);
    ChannelFuture bound = bootstrap.bind(where);
    require(bound, "listen on " + where);
    return bound.channel();
  }

  /** With epoll, one buffer takes all datagrams of a system call; with NIO, each has its own. */
  private void receiveInto(Bootstrap bootstrap, int slotOctets) {
    int batch = config.sizes().batch();
    if (config.transport() == Transport.NIO) {
      bootstrap.option(
          ChannelOption.RECVBUF_ALLOCATOR,
          new FixedRecvByteBufAllocator(slotOctets).maxMessagesPerRead(batch));
      return;
    }
    ReceiveBuffer buffer = new ReceiveBuffer(batch, slotOctets);
    buffers.add(buffer);
    bootstrap
        .option(ChannelOption.RECVBUF_ALLOCATOR, buffer)
        .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, slotOctets);
  }

  private void applyOptions(Bootstrap bootstrap) {
    UdpConfig.Sizes sizes = config.sizes();
    boolean epoll = config.transport() == Transport.EPOLL;
    // One octet more than the limit, so that a longer datagram is seen to be longer.
    receiveInto(bootstrap, sizes.datagramOctets() + 1);
    bootstrap
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.SO_RCVBUF, sizes.socketBufferOctets())
        .option(ChannelOption.SO_SNDBUF, sizes.socketBufferOctets())
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(sizes.outboundOctets() / 2, sizes.outboundOctets()));
    if (config.sharesPort()) {
      ChannelOption<Boolean> sharing =
          epoll
              ? UnixChannelOption.SO_REUSEPORT
              : NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
      bootstrap.option(sharing, true);
    }
  }

  /**
   * Keeps groups that other sockets joined away from this one, which could not tell them apart. NIO
   * asks the kernel for this itself.
   */
  private static void ignoreForeignGroups(Channel channel) {
    if (channel instanceof EpollDatagramChannel) {
      boolean unused = channel.config().setOption(EpollChannelOption.IP_MULTICAST_ALL, false);
      if (Socket.isIPv6Preferred()) {
        unused &= channel.config().setOption(IPV6_MULTICAST_ALL, 0);
      }
    }
  }

  private static void require(ChannelFuture future, String what) {
    future.awaitUninterruptibly();
    if (!future.isSuccess()) {
      Throwable cause = future.cause();
      String reason = cause == null ? "cancelled" : String.valueOf(cause.getMessage());
      throw new UncheckedIOException(new IOException("cannot " + what + ": " + reason, cause));
    }
  }
}
