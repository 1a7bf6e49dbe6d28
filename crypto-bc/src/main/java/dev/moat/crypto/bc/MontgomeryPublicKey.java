package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPublicKey;

/** A checked public key of X25519 or X448: its octets are all that the function takes. */
record MontgomeryPublicKey(DhCurve curve, Bytes coordinate) implements DhPublicKey {}
