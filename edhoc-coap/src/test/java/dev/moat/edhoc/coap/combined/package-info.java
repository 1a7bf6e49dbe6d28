@NullMarked
package dev.moat.edhoc.coap.combined;

import org.jspecify.annotations.NullMarked;
