@NullMarked
package dev.moat.edhoc.coap.server;

import org.jspecify.annotations.NullMarked;
