@NullMarked
package dev.moat.edhoc.coap;

import org.jspecify.annotations.NullMarked;
