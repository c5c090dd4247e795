import { describe, expect, test } from 'vitest';
import { errorCatalogue, errorCodes, headlineOf } from './error-catalogue.ts';
import { errorGuide } from './error-guide.ts';
import { apiLanguages } from './field-messages.ts';

/** The outside contract's table, written down a second time on purpose: a changed status must be changed twice. */
const promised = {
  unauthorized: 401,
  forbidden: 403,
  signing_session_not_found: 404,
  malformed_json: 400,
  validation_failed: 422,
  contract_text_invalid: 422,
  contract_hash_mismatch: 422,
  return_url_not_allowed: 422,
  session_already_open: 409,
  debt_already_signed: 409,
  session_completed: 409,
  session_not_cancellable: 409,
  document_not_available: 404,
  idempotency_key_reused: 409,
  idempotency_in_progress: 409,
  idempotency_key_invalid: 400,
  payload_too_large: 413,
  unsupported_media_type: 415,
  not_found: 404,
  method_not_allowed: 405,
  rate_limited: 429,
  lender_signature_invalid: 401,
  lender_webhooks_closed: 503,
  client_address_untrusted: 503,
  temporarily_unavailable: 503,
  internal_error: 500,
};

test('the catalogue holds exactly the promised codes with their statuses', () => {
  const statuses = Object.fromEntries(errorCodes.map((code) => [code, errorCatalogue[code].status]));
  expect(statuses).toEqual(promised);
});

describe.each(errorCodes)('%s', (code) => {
  test.each(apiLanguages)('is explained in %s, in whole sentences', (language) => {
    const { title, detail } = errorCatalogue[code];
    const { when, fix } = errorGuide[code];
    expect(title[language]).toMatch(/^\p{L}.*[^.]$/u);
    for (const sentence of [detail, when, fix]) expect(sentence[language]).toMatch(/^\p{L}.*[.:]$/u);
  });
});

test('the recipe of contract_text_invalid has three lines, and cleans what it says', () => {
  const recipe = errorGuide.contract_text_invalid.example?.split('\n') ?? [];
  expect(recipe).toHaveLength(3);
  const dirty = 'a\rb\r\nc\u202ed\u200be\u00adf\ud800g\u0000h\ufeff\u{e0041}i';
  const clean = new Function('text', `${recipe.join('\n')} return text;`);
  expect(clean(dirty)).toBe('a\nb\r\ncdefghi');
});

test.each<[string[], string]>([
  [['required'], 'validation_failed'],
  [['contract_text_bidi_control'], 'contract_text_invalid'],
  [['contract_text_bidi_control', 'required'], 'validation_failed'],
  [['contract_text_too_large', 'required'], 'payload_too_large'],
  [['return_url_origin'], 'return_url_not_allowed'],
  [['contract_hash_mismatch'], 'contract_hash_mismatch'],
])('%j together are %s', (codes, headline) => {
  expect(headlineOf(codes)).toBe(headline);
});
