import { bodyForms, respellTimestamp } from '#lib/domain/body-form.ts';
import { fieldsAgree, isSame, sha256Hex } from './compare.ts';
import { acceptedEvent, type Dossier } from './dossier.ts';
import { requestsIn } from './file-names.ts';
import type { EventRecord, RecordOf } from './records.ts';
import { exactly, listOf, oneOf, string } from './shape.ts';
import { readStrictJson } from './strict-json.ts';
import { type Finding, tampered } from './verdict.ts';

const approvedType = 'delivery_reencode_approved';

/**
 * Whether each body that took another's place was agreed on by two people and says the same to the last value, and whether every call sent
 * the body that stood at its time. The body of the evidence is the last.
 */
export function crossReencodes(dossier: Dossier): Finding[] {
  const { events, evidence, session } = dossier;
  const approvals = events.filter(({ type }) => type === approvedType);
  const requests = requestsIn(dossier.files);
  const last = requests.at(-1);
  const isOptIn = !session || session.provider === 'opt-in';
  return [
    ...approvals.flatMap((approval, index) => crossApproval(dossier, approval, index + 2)),
    ...requests
      .filter(({ number }) => number > approvals.length + 1)
      .map(({ name }) => tampered(`${name} took the place of another body, and nobody approved it`)),
    ...(isOptIn ? crossForms(requests) : []),
    ...crossSent(dossier),
    ...(acceptedEvent(dossier) && evidence && last
      ? fieldsAgree('delivery', evidence.delivery, { bodySha256: sha256Hex(last.bytes) })
      : []),
  ];
}

/** Somebody of the staff proposed it before, and it was another who approved it, and with it exactly one body. */
function crossApproval({ events }: Dossier, approval: EventRecord, number: number): Finding[] {
  const { sequence, actor, actorId, data } = approval;
  const proposal = events.find(
    ({ type, data: said }) => type === 'delivery_reencode_proposed' && said.reencode === data.reencode,
  );
  const isOfTwo =
    proposal !== undefined &&
    proposal.sequence < sequence &&
    proposal.actor === 'staff' &&
    actor === 'staff' &&
    proposal.actorId !== undefined &&
    actorId !== undefined &&
    proposal.actorId !== actorId;
  const commits = Object.keys(approval.private?.commits ?? {});
  return [
    ...(isOfTwo ? [] : [tampered(`event ${sequence} approves what no other member of staff has proposed`)]),
    ...(isSame(commits, [`lender-request-${number}`])
      ? []
      : [tampered(`event ${sequence} approves another body than the next`)]),
  ];
}

/** Nothing but what a body may say, unlike the shape in cross-lender: so two that say the same differ in their form alone. */
const wholeOptInBody = exactly({
  type: oneOf(...bodyForms.type),
  signatures: listOf(
    exactly({
      signed_object: exactly({ raw_text: string }),
      authenticity: exactly({ timestamp: string, ip_address: string, session_id: string }),
      signer: exactly({
        name: string,
        email: string,
        document_number: string,
        phone: exactly({ country_code: oneOf(...bodyForms.countryCode), area_code: string, number: string }),
      }),
      authentication_type: oneOf('opt-in'),
    }),
  ),
});

/** Every later body says the same as the first. */
function crossForms(requests: ReturnType<typeof requestsIn>): Finding[] {
  const [first, ...others] = requests;
  if (others.length === 0 || first?.number !== 1) return [];
  const said = sayingOf(first.bytes);
  return others
    .filter(({ bytes }) => said === undefined || !isSame(sayingOf(bytes), said))
    .map(({ name }) => tampered(`${name} says something else than lender/request.json`));
}

/** What a body says, whatever its form; undefined for one that is none of ours. */
function sayingOf(bytes: Uint8Array): RecordOf<typeof wholeOptInBody> | undefined {
  const reading = readStrictJson(bytes);
  if (!reading.ok || !wholeOptInBody(reading.value)) return undefined;
  const signatures = reading.value.signatures.map((signature) => {
    const { authenticity, signer } = signature;
    const timestamp = respellTimestamp(authenticity.timestamp, bodyForms.timestamp[0]) ?? '';
    const phone = { ...signer.phone, country_code: bodyForms.countryCode[0] };
    return { ...signature, authenticity: { ...authenticity, timestamp }, signer: { ...signer, phone } };
  });
  return { type: bodyForms.type[0], signatures };
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
