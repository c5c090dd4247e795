import { z } from 'zod';
import { actors } from '#lib/domain/session-state.ts';
import { fieldsOf } from './evidence-fields.ts';
import { instant, sha256Hex } from './session.ts';

/** Who says so. `browser` is what client code reported, and forgeable. */
export const evidenceSources = ['merchant', 'signer', 'server', 'browser', 'lender', 'staff', 'tsa'] as const;
export type EvidenceSource = (typeof evidenceSources)[number];

const captured = z.strictObject({ value: z.json(), source: z.enum(evidenceSources) });
const notCaptured = z.strictObject({ status: z.literal('not_captured'), reason: z.string().regex(/^[a-z0-9_]+$/) });

/** One piece of evidence: what is known and from whom, or why it is not known. Never null, never an empty string. */
const evidenceField = z.union([captured, notCaptured]).meta({ id: 'EvidenceField' });
export type EvidenceField = z.output<typeof evidenceField>;

const group = z.record(z.string(), evidenceField);
export type EvidenceGroup = z.output<typeof group>;

const consent = z.strictObject({
  id: z.string(),
  version: z.string(),
  language: z.string(),
  text: z.string(),
  sha256: sha256Hex,
  source: z.enum(evidenceSources),
});

const event = z.strictObject({
  type: z.string(),
  actor: z.enum(actors),
  occurredAt: instant,
  requestId: z.string().exactOptional(),
  data: z.record(z.string(), z.json()),
  source: z.enum(evidenceSources),
});
export type EvidenceEvent = z.output<typeof event>;

/** `GET /signing/{id}/evidence`. Groups hold more fields than the named ones; the named ones never move. */
export const evidenceView = z
  .strictObject({
    signingSessionId: z.uuid(),
    final: z.boolean().describe('False until the session is in a final state.'),
    transaction: group.describe(fieldsOf('transaction')),
    document: z.object({ sha256: evidenceField }).catchall(evidenceField).describe(fieldsOf('document')),
    presentation: z
      .object({ consents: z.array(consent).describe('Empty until the signer has accepted.') })
      .catchall(z.union([evidenceField, z.array(consent)]))
      .describe(fieldsOf('presentation')),
    signer: group.describe(fieldsOf('signer')),
    act: z.object({ acceptedAt: evidenceField }).catchall(evidenceField).describe(fieldsOf('act')),
    network: z
      .object({ ip: evidenceField, sourcePort: evidenceField, ipTrust: evidenceField })
      .catchall(evidenceField)
      .describe(fieldsOf('network')),
    authentication: group.describe(fieldsOf('authentication')),
    events: z.array(event),
    delivery: group.describe(fieldsOf('delivery')),
    integrity: group.describe(fieldsOf('integrity')),
    keeping: z
      .object({ accesses: evidenceField })
      .catchall(evidenceField)
      .describe(
        `${fieldsOf('keeping')} In \`accesses\`, who has seen or taken the record: a list of \`by\` (staff, merchant, signer, link_holder), \`what\`, \`entries\` (each time for staff, each day for the others), \`count\`, \`firstAt\` and \`lastAt\`. This call stands in it too. A dossier, which must not change, has those until \`accessesUntil\`, without \`count\` and \`lastAt\`.`,
      ),
  })
  .meta({ id: 'Evidence' });

export type EvidenceView = z.output<typeof evidenceView>;
