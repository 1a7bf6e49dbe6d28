@NullMarked
package dev.moat.edhoc.coap.halfopen;

import org.jspecify.annotations.NullMarked;
