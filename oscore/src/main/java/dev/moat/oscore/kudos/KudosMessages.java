package dev.moat.oscore.kudos;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.OptionEncoding;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.RequestForm;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;

/** KUDOS messages protected and verified; every call makes and closes its own ciphers. */
final class KudosMessages {
  private KudosMessages() {}

  /** True when the message has an extended OSCORE option. */
  static boolean isExtended(Options options) {
    return options.first(OptionNumber.OSCORE).map(KudosOption::isExtended).orElse(false);
  }

  static KudosOption option(Options options) throws RekeyException {
    try {
      return KudosOption.decode(options.first(OptionNumber.OSCORE).orElse(Bytes.empty()));
    } catch (OscoreException refused) {
      throw new RekeyException(refused);
    }
  }

  /** The message as RFC 8613 reads it. */
  static Request standard(Request outer, KudosOption option) {
    return outer.with(new Option(OptionNumber.OSCORE, option.standard().encode()));
  }

  static ProtectedRequest protect(
      SecurityContext context, Request inner, KudosField field, Crypto crypto)
      throws RekeyException {
    try (Protector protector = new Protector(crypto, 1)) {
      RequestForm form = RequestForm.STANDARD.encodedBy(carrying(field));
      return protector.protectRequest(context, inner, form);
    } catch (OscoreException failure) {
      throw new RekeyException(failure);
    }
  }

  /** Always with an own Partial IV: the context is another than the request's (Section 3). */
  static Response protect(RequestBinding binding, Response inner, KudosField field, Crypto crypto)
      throws RekeyException {
    try (Protector protector = new Protector(crypto, 1)) {
      ResponseForm form = ResponseForm.OWN_PARTIAL_IV.encodedBy(carrying(field));
      return protector.protectResponse(binding, inner, form);
    } catch (OscoreException failure) {
      throw new RekeyException(failure);
    }
  }

  private static OptionEncoding carrying(KudosField field) {
    return standard -> new KudosOption(standard, field).encode();
  }

  static Unprotected.Fresh verify(
      SecurityContext context, Request outer, OscoreOption option, Crypto crypto)
      throws RekeyException {
    try (Protector protector = new Protector(crypto, 1)) {
      Unprotected verified = protector.unprotectRequest(context, outer, option);
      if (verified instanceof Unprotected.Fresh fresh) {
        return fresh;
      }
      throw new RekeyException(Reason.REPLAY);
    } catch (OscoreException refused) {
      throw new RekeyException(refused);
    }
  }

  static Response verify(RequestBinding binding, Response outer, OscoreOption option, Crypto crypto)
      throws RekeyException {
    try (Protector protector = new Protector(crypto, 1)) {
      return protector.unprotectResponse(binding, outer, option).inner();
    } catch (OscoreException refused) {
      throw new RekeyException(refused);
    }
  }
}
