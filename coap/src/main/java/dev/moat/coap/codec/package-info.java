/**
 * Messages to octets and back: the UDP format (RFC 7252, Section 3), those of TCP and WebSockets
 * (RFC 8323, Sections 3.2 and 4.2), and the option list that every CoAP format shares.
 *
 * <pre>
 *  0                   1                   2                   3
 * |Ver| T |  TKL  |      Code     |          Message ID           |
 * |   Token (TKL octets; TKL 13 and 14: length first, RFC 8974)   |
 * |   Options (delta and length nibbles, extensions, value) ...   |
 * |1 1 1 1 1 1 1 1|    Payload (at least one octet) ...           |
 *
 * TCP: |  Len  |  TKL  | Extended Length (0, 1, 2 or 4) | Code | Token ... | Options ... | Payload
 * WS:  | Len=0 |  TKL  | Code | Token ... | Options ... | Payload
 * </pre>
 *
 * <p>What is syntactically wrong ends in a {@link dev.moat.coap.codec.MessageFormatException}; what
 * is well-formed but out of place, such as an acknowledgement with a method code, is the message
 * layer's to judge. All methods are pure, except those of a {@link dev.moat.coap.codec.Deframer},
 * which belongs to one connection and is used by one thread at a time.
 */
@NullMarked
package dev.moat.coap.codec;

import org.jspecify.annotations.NullMarked;
