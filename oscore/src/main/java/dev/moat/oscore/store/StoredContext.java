package dev.moat.oscore.store;

import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;

/**
 * What a store knows of one security context, and keeps for it.
 *
 * @param reservations gives sequence numbers, durably; good until the store is closed
 * @param provenance whether the context was ever opened before
 */
public record StoredContext(SequenceReservations reservations, Provenance provenance) {}
