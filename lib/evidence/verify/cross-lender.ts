import { deliveryStatuses } from '#lib/domain/delivery-state.ts';
import { decodeBase64 } from '#lib/evidence/log/base64.ts';
import { agree, fieldOf, isSame, sha256Hex } from './compare.ts';
import { crossAnswer } from './cross-answer.ts';
import { crossReencodes } from './cross-reencode.ts';
import { acceptedEvent, type Dossier } from './dossier.ts';
import type { AcceptanceRecord, AttemptRecord, EvidenceRecord, RecordOf } from './records.ts';
import { listOf, members, oneOf, string } from './shape.ts';
import { readStrictJson } from './strict-json.ts';
import { type Finding, incomplete, inputError, tampered } from './verdict.ts';

/** Whether the lender was sent what was accepted, and what it answered is what was kept. */
export function crossLender(dossier: Dossier): Finding[] {
  const attempts = [...dossier.attempts.values()].sort(byStart);
  const misnamed = [...dossier.attempts].filter(([id, attempt]) => attempt.id !== id);
  return [
    ...misnamed.map(([id]) => tampered(`lender/attempts/${id}.json is about another call`)),
    ...crossBody(dossier),
    ...crossReencodes(dossier),
    ...(acceptedEvent(dossier) ? crossReply(dossier, attempts) : []),
    ...(acceptedEvent(dossier) && dossier.evidence ? crossDelivery(dossier, dossier.evidence, attempts) : []),
    ...crossAnswer(dossier, attempts),
  ];
}

function byStart(one: AttemptRecord, other: AttemptRecord): number {
  if (one.startedAt !== other.startedAt) return one.startedAt < other.startedAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** Texts where texts belong: a number, or a list of one text, would read the same between other texts. */
const optInSignature = members({
  signed_object: members({ raw_text: string }),
  authenticity: members({ timestamp: string, ip_address: string, session_id: string }),
  signer: members({
    name: string,
    email: string,
    document_number: string,
    phone: members({ country_code: string, area_code: string, number: string }),
  }),
  authentication_type: oneOf('opt-in'),
});
type OptInSignature = RecordOf<typeof optInSignature>;
const optInBody = members({ type: string, signatures: listOf(optInSignature) });

/** The signature as the opt-in body tells it, every value as the acceptance has it. */
function crossBody({ files, acceptance, session }: Dossier): Finding[] {
  const bytes = files.get('lender/request.json');
  if (!bytes || (session && session.provider !== 'opt-in')) return [];
  const reading = readStrictJson(bytes);
  if (!reading.ok) return [tampered(`lender/request.json ${reading.detail}`)];
  const [signature, ...more] = optInBody(reading.value) ? reading.value.signatures : [];
  if (!signature || more.length > 0) return [tampered('lender/request.json is not a body with one signature')];
  const contract = files.get('contract.txt');
  const { signed_object, authenticity } = signature;
  return [
    ...(contract ? agree('the text sent to the lender', sha256Hex(signed_object.raw_text), sha256Hex(contract)) : []),
    ...(session ? agree('the session sent to the lender', authenticity.session_id, session.signingSessionId) : []),
    ...(acceptance ? crossAuthenticity(signature, acceptance) : []),
  ];
}

function crossAuthenticity(
  { authenticity, signer }: OptInSignature,
  { acceptedAt, request, details }: AcceptanceRecord,
): Finding[] {
  const { country_code, area_code, number } = signer.phone;
  return [
    ...agree('the address sent to the lender', authenticity.ip_address, request.ip ?? request.socketPeer),
    ...(isWallTimeOf(authenticity.timestamp, acceptedAt)
      ? []
      : [tampered('the time sent to the lender is not that of the acceptance')]),
    ...agree('the name sent to the lender', signer.name, details.name?.value),
    ...agree('the e-mail address sent to the lender', signer.email, details.email?.value),
    ...agree(
      'the document sent to the lender',
      signer.document_number,
      details.identity?.value.replace(/[^0-9A-Za-z]/g, ''),
    ),
    ...agree(
      'the phone sent to the lender',
      { phone: country_code === '055' && `+55${area_code}${number}` },
      { phone: details.phone?.value },
    ),
  ];
}

const hourMs = 3_600_000;
/** No place on earth is further from UTC, and zones lie a quarter of an hour apart. */
const zoneMaxMs = 14 * hourMs;
const zoneStepMs = hourMs / 4;

/** The lender gets the time of the wall of some zone, which the dossier does not name. */
function isWallTimeOf(told: string, instant: string): boolean {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(told)) return false;
  const asUtc = `${told.replace(' ', 'T')}.000Z`;
  const time = Date.parse(asUtc);
  if (Number.isNaN(time) || new Date(time).toISOString() !== asUtc) return false;
  const offset = time - Math.floor(Date.parse(instant) / 1000) * 1000;
  return Math.abs(offset) <= zoneMaxMs && offset % zoneStepMs === 0;
}

function crossReply({ files }: Dossier, attempts: readonly AttemptRecord[]): Finding[] {
  const kept = files.get('lender/response.json');
  const isAnswered = attempts.some((attempt) => attempt.reply);
  if (!isAnswered) return kept ? [tampered('lender/response.json is there, and no call was answered')] : [];
  const bodies = attempts.flatMap((attempt) => (attempt.reply ? [decodeBase64(attempt.reply.bodyBase64)] : []));
  const body = bodies.at(-1);
  if (!body || bodies.includes(undefined)) return [tampered('a reply of the lender is not base64')];
  if (!kept) return [incomplete('lender/response.json is not there')];
  return agree('lender/response.json', sha256Hex(kept), sha256Hex(body));
}

function crossDelivery(
  { events }: Dossier,
  { delivery }: EvidenceRecord,
  attempts: readonly AttemptRecord[],
): Finding[] {
  const told = fieldOf(delivery, 'attempts');
  const status = fieldOf(delivery, 'status');
  if (!told.ok || !status.ok) return [inputError('delivery of evidence.json has a field without meaning')];
  const isTold = isSame(told.value ?? [], attempts.map(factsOf));
  const hasEvent = (wanted: string) => events.some(({ type }) => type === wanted);
  const isDeliveredRightly = (status.value === 'DELIVERED') === hasEvent('lender_received');
  const isRejectedRightly = status.value !== 'REJECTED' || hasEvent('lender_rejected');
  const isKnown = deliveryStatuses.some((known) => known === status.value);
  return [
    ...(isTold ? [] : [tampered('the calls to the lender in evidence.json are not those that were kept')]),
    ...(isKnown && isDeliveredRightly && isRejectedRightly
      ? []
      : [tampered('delivery.status of evidence.json is not that of the events')]),
  ];
}

/** What the evidence tells of a call. */
function factsOf({ kind, startedAt, endedAt, outcome, reason, counted, bodySha256, httpStatus }: AttemptRecord) {
  return { kind, startedAt, endedAt, outcome, reason, counted, bodySha256, httpStatus };
}
