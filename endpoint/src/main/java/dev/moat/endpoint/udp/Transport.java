package dev.moat.endpoint.udp;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** Which interface to the kernel moves datagrams and streams. */
public enum Transport {
  /** Linux, with many datagrams in one system call (recvmmsg, sendmmsg). */
  EPOLL,
  /** Every platform, one datagram in one system call. */
  NIO;

  /** {@link #EPOLL} where it works, else {@link #NIO}. */
  public static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** What an event loop of this transport is made with. */
  public IoHandlerFactory ioHandlers() {
    return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** A channel for both families where the host has both. */
  DatagramChannel newChannel() {
    return this == EPOLL ? new EpollDatagramChannel() : new NioDatagramChannel();
  }

  /** A TCP connection that is about to be opened. */
  public SocketChannel newConnection() {
    return this == EPOLL ? new EpollSocketChannel() : new NioSocketChannel();
  }

  /** A listener for TCP connections. */
  public ServerSocketChannel newListener() {
    return this == EPOLL ? new EpollServerSocketChannel() : new NioServerSocketChannel();
  }

  /** A channel for one family. */
  DatagramChannel newChannel(SocketProtocolFamily family) {
    return this == EPOLL ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
  }
}
