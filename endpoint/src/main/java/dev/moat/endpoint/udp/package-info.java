/**
 * UDP by Netty: batched epoll where the platform has it, NIO elsewhere.
 *
 * <p>One {@link dev.moat.endpoint.udp.UdpLoop} per event loop owns one {@link
 * dev.moat.endpoint.stack.DatagramProtocol}; with several loops the kernel spreads peers over them
 * by SO_REUSEPORT, and one peer stays with one loop because the hash is over the addresses and
 * ports.
 *
 * <pre>
 *   kernel --recvmmsg--&gt; UdpLoop --onDatagram--&gt; DatagramProtocol (one per loop)
 *   kernel &lt;--sendmmsg-- UdpLoop &lt;---drainTo----
 * </pre>
 *
 * <p>Thread rule: a loop's protocol is called on the loop's thread only.
 */
@NullMarked
package dev.moat.endpoint.udp;

import org.jspecify.annotations.NullMarked;
