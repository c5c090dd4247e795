import { movesDelivery } from '#lib/domain/event-type.ts';
import { changedForm, formRefusals } from '#lib/domain/reencode.ts';
import { fieldsAgree, isSame, sha256Hex } from './compare.ts';
import { acceptedEvent, type Dossier } from './dossier.ts';
import { requestsIn } from './file-names.ts';
import type { EventRecord } from './records.ts';
import { spelledBody } from './spelled-body.ts';
import { type Finding, tampered } from './verdict.ts';

const proposedType = 'delivery_reencode_proposed';
const approvedType = 'delivery_reencode_approved';
const withdrawnType = 'delivery_reencode_withdrawn';
const decidedTypes = [approvedType, 'delivery_reencode_declined', withdrawnType];

/**
 * Whether each body that took another's place was agreed on by two people and is the same to the byte but for its form, and whether every
 * call sent the body that stood at its time. The body of the evidence is the last.
 */
export function crossReencodes(dossier: Dossier): Finding[] {
  const { evidence, session } = dossier;
  const { findings, approved } = readReencodes(dossier);
  const requests = requestsIn(dossier.files);
  const last = requests.at(-1);
  const isOptIn = !session || session.provider === 'opt-in';
  return [
    ...findings,
    ...approved.flatMap(({ approval }, index) => crossCommitment(approval, index + 2)),
    ...requests
      .filter(({ number }) => number > approved.length + 1)
      .map(({ name }) => tampered(`${name} took the place of another body, and nobody approved it`)),
    ...(isOptIn ? crossSpellings(requests, approved) : []),
    ...crossSent(dossier),
    ...(acceptedEvent(dossier) && evidence && last
      ? fieldsAgree('delivery', evidence.delivery, { bodySha256: sha256Hex(last.bytes) })
      : []),
  ];
}

type Approved = { proposal: EventRecord | undefined; approval: EventRecord };

/** Each proposal follows a refusal of the form while no other is open, and is decided once. */
function readReencodes({ events }: Dossier): { findings: Finding[]; approved: Approved[] } {
  const findings: Finding[] = [];
  const approved: Approved[] = [];
  const before: Before = { known: new Set(), open: undefined, moved: undefined };
  for (const event of events) {
    const { type, sequence, data } = event;
    const fault = faultOf(event, before);
    if (fault) findings.push(tampered(`event ${sequence} ${fault}`));
    if (type === approvedType) approved.push({ proposal: before.open, approval: event });
    if (type === proposedType) before.known.add(data.reencode);
    if (type === proposedType || decidedTypes.includes(type)) before.open = type === proposedType ? event : undefined;
    if (movesDelivery(type)) before.moved = event;
  }
  return { findings, approved };
}

/** How things stand when an event comes: the ids of all proposals, the one that is open, and what moved the delivery last. */
type Before = { known: Set<unknown>; open: EventRecord | undefined; moved: EventRecord | undefined };

function faultOf(event: EventRecord, { known, open, moved }: Before): string | undefined {
  const { type, data } = event;
  if (type === proposedType) {
    const isNew = typeof data.reencode === 'string' && !known.has(data.reencode) && !open;
    return isNew && isRefusedForForm(moved) ? undefined : 'proposes another spelling where there can be none';
  }
  if (!decidedTypes.includes(type)) return undefined;
  const isInTime = type !== approvedType || isRefusedForForm(moved);
  return isInTime && isDecision(open, event) ? undefined : 'decides what nobody may decide so';
}

/** As the delivery stands after the last event that moved it. */
function isRefusedForForm(moved: EventRecord | undefined): boolean {
  return moved?.type === 'lender_rejected' && formRefusals.some((reason) => reason === moved.data.reason);
}

/** Whoever of the staff proposed it may take it back and no more; whoever else may decide. */
function isDecision(proposal: EventRecord | undefined, { type, actor, actorId, data }: EventRecord): boolean {
  if (!proposal || typeof data.reencode !== 'string' || proposal.data.reencode !== data.reencode) return false;
  const areNamed = proposal.actorId !== undefined && actorId !== undefined;
  const isOwn = proposal.actorId === actorId;
  return proposal.actor === 'staff' && actor === 'staff' && areNamed && isOwn === (type === withdrawnType);
}

/** With an approval exactly one body goes out, the next. */
function crossCommitment({ sequence, private: hidden }: EventRecord, number: number): Finding[] {
  return isSame(Object.keys(hidden?.commits ?? {}), [`lender-request-${number}`])
    ? []
    : [tampered(`event ${sequence} approves another body than the next`)];
}

/** Every later body is the first in another form, in none that the lender has refused, and in the one of which its proposal speaks. */
function crossSpellings(requests: ReturnType<typeof requestsIn>, approved: readonly Approved[]): Finding[] {
  const [first, ...others] = requests;
  if (others.length === 0 || first?.number !== 1) return [];
  const spelled = new Map(requests.map(({ number, bytes }) => [number, spelledBody(bytes)]));
  const said = spelled.get(1)?.inFirstForm;
  const sent = new Set([sha256Hex(first.bytes)]);
  return others.flatMap(({ name, number, bytes }) => {
    const [earlier, body] = [spelled.get(number - 1), spelled.get(number)];
    const hash = sha256Hex(bytes);
    const wasSent = sent.has(hash);
    sent.add(hash);
    const proposal = approved[number - 2]?.proposal;
    const { reencode, ...told } = proposal?.data ?? {};
    const isAsTold = !proposal || !earlier || !body || isSame(told, changedForm(earlier.form, body.form));
    return [
      ...(body && body.inFirstForm === said
        ? []
        : [tampered(`${name} is not lender/request.json in another spelling`)]),
      ...(wasSent ? [tampered(`${name} was refused before`)] : []),
      ...(isAsTold ? [] : [tampered(`${name} is spelled otherwise than event ${proposal?.sequence} proposes`)]),
    ];
  });
}

/** Every call that names its body names the last one that any event had committed to by then. */
function crossSent({ files, events, attempts }: Dossier): Finding[] {
  const bodies = new Map(requestsIn(files).map(({ number, bytes }) => [number, sha256Hex(bytes)]));
  let number = 1;
  return events.flatMap(({ type, private: hidden }) => {
    if (type === approvedType) number += 1;
    const standing = bodies.get(number);
    return Object.keys(hidden?.commits ?? {}).flatMap((part) => {
      const attempt = part.startsWith('attempt-') ? attempts.get(part.slice('attempt-'.length)) : undefined;
      if (attempt?.bodySha256 === undefined) return [];
      const isSo = attempt.kind === 'submit' && (standing === undefined || attempt.bodySha256 === standing);
      return isSo
        ? []
        : [tampered(`lender/attempts/${attempt.id}.json tells of another body than the one of its time`)];
    });
  });
}
