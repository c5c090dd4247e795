import { contractTextBytesMax } from '#lib/domain/contract-text.ts';
import { warningMessages } from '#lib/domain/warning-messages.ts';
import { apiLanguageOf } from '#lib/http/accept-language.ts';
import { portalAddress } from '#lib/http/portal-address.ts';
import { type ApiAnswer, jsonAnswer, problemAnswer } from '#lib/http/problem.ts';
import { refusedFields } from '#lib/http/route.ts';
import { paths } from '#lib/paths.ts';
import type { FieldRefusal } from '#lib/schema/field-refusals.ts';
import type { CreateResult } from '#lib/usecases/merchant/create-session.ts';

/** The answer to create, as bytes: the new session with its address, or the refusal with its way out. */
export function renderCreate(result: CreateResult): ApiAnswer {
  if (result.ok) {
    const language = apiLanguageOf();
    const warnings = result.warnings.map((code) => ({ code, message: warningMessages[code][language] }));
    const session = { ...result.session, ...(warnings.length > 0 && { warnings }) };
    return jsonAnswer(201, session, { Location: portalAddress(paths.apiSession(result.session.signingSessionId)) });
  }
  if (result.code === 'session_already_open' || result.code === 'debt_already_signed') {
    const { signingSessionId } = result;
    return problemAnswer(result.code, signingSessionId === undefined ? {} : { signingSessionId });
  }
  return refusedFields(fieldsOf(result));
}

/** Refusals of one field that the use case found, in the shape of all other field refusals. */
function fieldsOf(
  result: Exclude<Extract<CreateResult, { ok: false }>, { code: 'session_already_open' | 'debt_already_signed' }>,
): readonly FieldRefusal[] {
  switch (result.code) {
    case 'validation_failed':
      return result.errors;
    case 'return_url_not_allowed':
      return [{ pointer: '/returnUrl', code: result.reason }];
    case 'contract_hash_mismatch':
      return [{ pointer: '/contract/sha256', code: result.code, details: { actual: result.sha256 } }];
    case 'payload_too_large':
      return [{ pointer: '/contract/text', code: 'contract_text_too_large', details: { bytes: contractTextBytesMax } }];
    case 'contract_text_invalid': {
      const { kind, ...place } = result.fault;
      return [{ pointer: '/contract/text', code: `contract_text_${kind}`, details: place }];
    }
  }
}
