/** Tests of the OSCORE stages, message by message. */
@NullMarked
package dev.moat.oscore.filter;

import org.jspecify.annotations.NullMarked;
