/** Many more datagrams than a server can make sense of. */
@NullMarked
package dev.moat.conformance.flood;

import org.jspecify.annotations.NullMarked;
