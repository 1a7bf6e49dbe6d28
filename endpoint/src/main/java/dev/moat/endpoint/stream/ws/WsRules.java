package dev.moat.endpoint.stream.ws;

import java.util.Set;

/**
 * What an opening handshake and the frames after it may be.
 *
 * @param allowedOrigins the values of Origin that a server takes
 * @param headerOctets the most that the headers of an upgrade may have
 * @param messageOctets the longest message, in one frame or in fragments
 */
public record WsRules(Set<String> allowedOrigins, int headerOctets, int messageOctets) {}
