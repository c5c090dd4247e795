import { type AttemptPart, partBytes } from '#lib/evidence/parts.ts';
import { respell } from '#lib/providers/qitech/respell.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { EventDraft } from './reference-story.ts';

const reencodeId = '01939f00-0000-7000-8000-0000000000aa';
export const reencodedAttempts = [
  '01939f00-0000-7000-8000-000000000011',
  '01939f00-0000-7000-8000-000000000012',
] as const;

type Parts = Map<string, Uint8Array>;
/** An event or instant so many seconds after the acceptance. */
type Making = { event: (type: string, actor: string, seconds: number) => EventDraft; at: (seconds: number) => string };

/**
 * What follows an acceptance whose body the lender refuses for its form: one admin proposes another spelling, another approves it, and the
 * lender takes it. Puts the second body and both calls among the parts.
 */
export function reencodedEvents(parts: Parts, { event, at }: Making): EventDraft[] {
  const first = parts.get('lender/request.json') ?? new Uint8Array();
  const form = { type: 'data-signature', timestamp: 'DD-MM-YYYY HH:MM:SS', countryCode: '55' } as const;
  const second = new Uint8Array(respell(first, form));
  parts.set('lender/request-2.json', second);
  const [refused, taken] = reencodedAttempts;
  parts.set(fileOf(refused), partBytes({ ...call(refused, first, at, 1), outcome: 'rejected', ...reply(400, '{}') }));
  const received = '{"key":"divida-1","status":"signature_received"}';
  parts.set(
    fileOf(taken),
    partBytes({ ...call(taken, second, at, 31), outcome: 'delivered', ...reply(200, received) }),
  );
  const data = { reencode: reencodeId };
  const staff = (type: string, actorId: string, seconds: number, more: object): EventDraft => ({
    ...event(`delivery_reencode_${type}`, 'staff', seconds),
    actorId,
    data,
    private: { words: 'Grafia do credor' },
    ...more,
  });
  return [
    {
      ...event('lender_rejected', 'lender', 3),
      data: { reason: 'status_400' },
      parts: { [`attempt-${refused}`]: fileOf(refused) },
    },
    staff('proposed', 'staff-1', 10, { data: { ...data, ...form } }),
    staff('approved', 'staff-2', 20, { parts: { 'lender-request-2': 'lender/request-2.json' } }),
    {
      ...event('lender_received', 'lender', 33),
      data: { reason: 'signature_stored', deliveredAt: at(32), deliveredBy: 'reply' },
      parts: { [`attempt-${taken}`]: fileOf(taken) },
    },
  ];
}

const fileOf = (id: string) => `lender/attempts/${id}.json`;

function call(id: string, body: Uint8Array, at: Making['at'], seconds: number): Omit<AttemptPart, 'outcome'> {
  const moments = { startedAt: at(seconds), endedAt: at(seconds + 1) };
  const bodySha256 = sha256(body).toString('hex');
  return { id, kind: 'submit', ...moments, reason: 'answered', counted: true, bodySha256 };
}

function reply(httpStatus: number, body: string) {
  const bodyBase64 = Buffer.from(body).toString('base64');
  return { httpStatus, reply: { headers: { 'content-type': 'application/json' }, bodyBase64 } };
}
