@NullMarked
package dev.moat.edhoc.coap.client;

import org.jspecify.annotations.NullMarked;
