/**
 * The types above the message layer: {@link dev.moat.coap.service.Request}, {@link
 * dev.moat.coap.service.Response}, the three-valued {@link dev.moat.coap.service.Outcome} of a
 * client call, and the {@link dev.moat.coap.service.Service}s and {@link
 * dev.moat.coap.service.Filter}s that pipelines are made of.
 *
 * <p>Thread rule: values may be shared; services and filters run on the one event loop that owns
 * them.
 */
@NullMarked
package dev.moat.coap.service;

import org.jspecify.annotations.NullMarked;
