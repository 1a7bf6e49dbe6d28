/**
 * One class in Netty's package: its batched system calls are not public, and the load driver wants
 * nothing between itself and the kernel.
 */
@NullMarked
package io.netty.channel.epoll;

import org.jspecify.annotations.NullMarked;
