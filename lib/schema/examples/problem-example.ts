import { type ErrorCode, errorCatalogue } from '#lib/domain/error-catalogue.ts';
import { type ApiLanguage, type FieldCode, fieldMessage, type RefusalDetails } from '#lib/domain/field-messages.ts';
import type { Problem } from '../problem.ts';
import { exampleSessionId } from './example-session.ts';

/**
 * An answer with that code, as the API writes it. `docs` is the address of the portal's reference, under which each code has its page.
 */
export function problemExample(code: ErrorCode, docs: string, language: ApiLanguage = 'en'): Problem {
  const { status, title, detail } = errorCatalogue[code];
  return {
    type: `${docs}/errors/${code}`,
    title: title[language],
    status,
    code,
    detail: detail[language],
    requestId: 'req_Zk3v0nVb1TgH4m8y',
    ...particulars[code]?.(language),
  };
}

type Particulars = Pick<Problem, 'errors' | 'missingScope' | 'signingSessionId' | 'completedAt' | 'firstUsedAt'>;

/** What a code says beside its own sentences; those absent here say nothing more. */
const particulars: Partial<Record<ErrorCode, (language: ApiLanguage) => Particulars>> = {
  forbidden: () => ({ missingScope: 'sessions:write' }),
  malformed_json: (language) => ({ errors: [item('/orderId', 'duplicate_name', language)] }),
  validation_failed: (language) => ({
    errors: [
      item('/signerDetails/identity', 'cpf_check_digit', language),
      item('/contrato', 'unknown_field', language),
      item('/verification', 'not_available', language, { available: 'none' }),
    ],
  }),
  contract_text_invalid: (language) => {
    const place = { codePoint: 'U+202E', line: 3, column: 12 };
    const details = { ...place, codePointIndex: 32, byteOffset: 33 };
    const refused = item('/contract/text', 'contract_text_bidi_control', language, details);
    return { errors: [{ ...refused, ...place, offset: 32, byteOffset: 33 }] };
  },
  contract_hash_mismatch: (language) => {
    const actual = '33357acdfdffb3201c435f55425b1e593dded125a6868185efb8618aa37d9a93';
    return { errors: [item('/contract/sha256', 'contract_hash_mismatch', language, { actual })] };
  },
  return_url_not_allowed: (language) => ({ errors: [item('/returnUrl', 'return_url_origin', language)] }),
  session_already_open: () => ({ signingSessionId: exampleSessionId }),
  debt_already_signed: () => ({ signingSessionId: exampleSessionId }),
  session_completed: () => ({ completedAt: '2026-11-20T14:03:22.481Z' }),
  idempotency_key_reused: () => ({ firstUsedAt: '2026-11-20T14:00:11.205Z' }),
};

function item(pointer: string, code: FieldCode, language: ApiLanguage, details: RefusalDetails = {}) {
  return { pointer, code, message: fieldMessage(code, language, details) };
}
