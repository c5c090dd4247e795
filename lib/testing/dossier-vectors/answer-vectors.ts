import type { AttemptPart } from '#lib/evidence/parts.ts';
import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { wrongField } from './cross-vectors.ts';
import { type DossierVector, edit, made, resealed } from './vector.ts';

type Delivery = { delivery: Record<string, unknown> };

const attemptFile = 'lender/attempts/01939f00-0000-7000-8000-000000000001.json';

const token = (payload: string) => `x.${Buffer.from(payload).toString('base64url')}.x`;

/** Answers of the lender of every kind, and evidence that tells of them something else. */
export const answerVectors: DossierVector[] = [
  ...'replySha256 lenderStatus lenderKey lenderEventDatetime'
    .split(' ')
    .flatMap((name) => wrongField('delivery', name)),
  telling('a state that the lender never told', 'TAMPERED', {
    laterDebtStates: { value: [{ at: '2026-11-20T14:03:24.481Z', state: 'signed' }], source: 'lender' },
  }),
  ...Object.entries({
    'in plain JSON': '{"key":"divida-1","status":"signature_received","event_datetime":"2026-11-20 14:03:24"}',
    'without a status': '{"key":"divida-1"}',
    'in a token': JSON.stringify({ encoded_body: token('{"key":"divida-1","status":"signature_received"}') }),
    'in a token that is none': '{"encoded_body":"x"}',
    'in a token of a number': '{"encoded_body":1}',
    'in a token that is padded': JSON.stringify({ encoded_body: 'x.e30=.x' }),
    'in a token with stray bits': JSON.stringify({ encoded_body: 'x.e31.x' }),
    'that is a page': '<!doctype html><title>Ops</title>',
    'that is empty': '',
    'that is a list': '["signature_received"]',
    'with a status twice': '{"status":"signed","status":"signature_received"}',
    'whose status is a number': '{"key":"divida-1","status":1}',
    'whose status has a line feed': '{"status":"signed\\n"}',
    'whose status is half a pair': '{"status":"\\ud800"}',
    'with a number that no double holds': '{"status":"signed","amount":1e999}',
    'with a number beyond exact integers': '{"status":"signed","amount":12345678901234567890.5}',
    'that is deep': `{"status":"signed","more":${'['.repeat(70)}${']'.repeat(70)}}`,
  }).map(([what, body]) => made(`an answer of the lender ${what}`, 'VALID', { changeParts: answering(body) })),
  made('an answer of the lender, and the evidence of another one', 'TAMPERED', {
    changeParts: answering('{"key":"divida-1","status":"signature_received"}'),
    changeFiles: edit<Delivery>('evidence.json', ({ delivery }) => {
      delivery.lenderStatus = { value: 'signed', source: 'lender' };
    }),
  }),
  made('a question that was answered', 'VALID', { changeParts: asking }),
  made('a question that was answered, and evidence that tells nothing of it', 'TAMPERED', {
    changeParts: asking,
    changeFiles: edit<Delivery>('evidence.json', ({ delivery }) => {
      delivery.laterDebtStates = { status: 'not_captured', reason: 'not_asked' };
    }),
  }),
];

function telling(what: string, verdict: Verdict, fields: Record<string, unknown>): DossierVector {
  return resealed(
    `evidence.json with ${what}`,
    verdict,
    edit<Delivery>('evidence.json', ({ delivery }) => Object.assign(delivery, fields)),
  );
}

function answering(body: string) {
  return edit<AttemptPart>(attemptFile, (attempt) => {
    attempt.reply = { headers: {}, bodyBase64: Buffer.from(body).toString('base64') };
  });
}

/** The same call as a question after the debt's state. */
function asking(parts: Map<string, Uint8Array>): void {
  edit<AttemptPart>(attemptFile, (attempt) =>
    Object.assign(attempt, { kind: 'query', outcome: 'signed', reason: 'signature_finished' }),
  )(parts);
}
