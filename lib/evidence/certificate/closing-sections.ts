import { codeWords } from '#lib/copy/certificate.ts';
import type { CertificatePart } from '#lib/copy/certificate-words.ts';
import { fill } from '#lib/copy/language.ts';
import { leafOfTree } from '#lib/copy/leaf-of-tree.ts';
import { groupHash } from '#lib/format/hash.ts';
import type { ProofEvidence } from '../evidence-view.ts';
import type { CertificateBlock, CertificateInput } from './certificate-model.ts';
import { type CertificateRow, knownValue, type RowWriter } from './certificate-rows.ts';
import { timelineEntries } from './timeline-entries.ts';

type Closing = Extract<CertificatePart, 'timeline' | 'lender' | 'integrity' | 'custody' | 'method' | 'keeping'>;

/** Parts 7 to 12: what happened when, what the lender said, how to check it all, and what it does not prove. */
export function closingSections(given: CertificateInput, write: RowWriter): Record<Closing, CertificateBlock[]> {
  return {
    timeline: [
      { kind: 'paragraph', text: write.words.timelineNote },
      { kind: 'timeline', entries: timelineEntries(given.evidence.events, write) },
    ],
    lender: lenderBlocks(given, write),
    integrity: integrityBlocks(given, write),
    custody: custodyBlocks(given, write),
    method: [
      ...write.words.method.map(paragraph),
      paragraph(write.words.notProvedTitle),
      { kind: 'list', items: write.words.notProved },
    ],
    keeping: [{ kind: 'rows', rows: keepingRows(given, write) }],
  };
}

const paragraph = (text: string): CertificateBlock => ({ kind: 'paragraph', text });

/** As an attempt stands in the evidence. */
type Attempt = { kind: string; startedAt: string; outcome: string; reason: string; httpStatus?: number };

/** The latest; a delivery may have dozens, and all are in the evidence package. */
const attemptsMax = 8;

function lenderBlocks({ evidence: { delivery } }: CertificateInput, write: RowWriter): CertificateBlock[] {
  const { words } = write;
  if (knownValue(delivery.status) === undefined)
    return [{ kind: 'rows', rows: [write.text('deliveryStatus', delivery.status)] }];
  // The group is JSON for any reader; this is how `deliveryGroup` writes the field.
  const attempts = (knownValue(delivery.attempts) ?? []) as Attempt[];
  const earlier = Math.max(0, attempts.length - attemptsMax);
  return [
    {
      kind: 'rows',
      rows: [
        write.text('deliveryStatus', delivery.status, (status) => codeWords(words.deliveryStatuses, status)),
        write.hash('bodySha256', delivery.bodySha256),
        ...attempts.slice(earlier).map((attempt, index) => attemptRow(attempt, earlier + index + 1, write)),
        write.time('deliveredAt', delivery.deliveredAt),
        write.code('deliveredBy', delivery.deliveredBy),
        write.text('lenderWords', delivery.lenderWords, lenderWords),
      ],
    },
    ...(attempts.length === 0 ? [paragraph(words.noAttempts)] : []),
    ...(earlier > 0 ? [paragraph(fill(words.earlierAttempts, { count: earlier }))] : []),
  ];
}

function attemptRow({ kind, startedAt, outcome, reason, httpStatus }: Attempt, number: number, write: RowWriter) {
  const { words } = write;
  const facts = [...(httpStatus === undefined ? [] : [`HTTP ${httpStatus}`]), reason].join(', ');
  const said = fill(words.attemptFacts, {
    kind: codeWords(words.attemptKinds, kind),
    outcome: codeWords(words.outcomes, outcome),
    facts,
  });
  const label = fill(words.labels.attempt, { number });
  return { ...write.own('attempt', `${write.moment(startedAt)}: ${said}`), label };
}

/** The lender's code, message and translation, of which any may be missing. */
function lenderWords(json: string): string {
  const { code, message, translation } = JSON.parse(json) as Record<string, string | undefined>;
  return [code, message, translation].filter((part) => part !== undefined).join(' · ') || '–';
}

function integrityBlocks({ evidence, proof }: CertificateInput, write: RowWriter): CertificateBlock[] {
  const { words } = write;
  const record = write.hash('recordSha256', evidence.integrity.acceptanceRecordSha256);
  const chain = lastEventRow(evidence, write);
  const proofs = proof ? proofRows(proof, write) : [write.bare('proof', words.proofPending)];
  return [
    { kind: 'rows', rows: [record, chain, ...proofs] },
    paragraph(words.integrityNote),
    paragraph(words.verifyNote),
    { kind: 'command', text: 'python3 verify.py dossier.zip --trust trust.json' },
  ];
}

/** The end of the chain, as `integrityOf` writes it; with it every event before it is fixed. */
function lastEventRow({ integrity }: CertificateInput['evidence'], write: RowWriter): CertificateRow {
  const chain = knownValue(integrity.eventChain) as { lastHash: string };
  return { ...write.own('lastEventHash', groupHash(chain.lastHash)), form: 'hash' };
}

function proofRows(proof: ProofEvidence, write: RowWriter): CertificateRow[] {
  const { words } = write;
  const { logOrigin, leafIndex, treeSize, rootHex, checkpointAt, timeStamps, timeStampsPending, witnesses } = proof;
  const pending = timeStampsPending.map((authority) =>
    write.bare('timeStamp', fill(words.timeStampPending, { authority })),
  );
  const seen = (label: 'timeStamp' | 'witness', list: { by: string; at: string }[], none: string, source: string) =>
    list.length === 0
      ? [write.bare(label, none)]
      : list.map(({ by, at }) => write.own(label, `${by}: ${write.moment(at)}`, source));
  return [
    write.own('logOrigin', logOrigin),
    write.own('leafIndex', fill(leafOfTree[write.language], { index: leafIndex, size: treeSize })),
    { ...write.own('root', groupHash(rootHex)), form: 'hash' },
    write.own('checkpointAt', write.moment(checkpointAt)),
    ...(timeStamps.length === 0 && pending.length > 0
      ? []
      : seen(
          'timeStamp',
          timeStamps.map(({ authority, at }) => ({ by: authority, at })),
          words.noTimeStamps,
          'tsa',
        )),
    ...pending,
    ...seen(
      'witness',
      witnesses.map(({ name, at }) => ({ by: name, at })),
      words.noWitnesses,
      'witness',
    ),
  ];
}

function custodyBlocks({ custody }: CertificateInput, { words, moment }: RowWriter): CertificateBlock[] {
  if (custody === undefined) return [paragraph(words.custodyUnknown)];
  const time = moment(custody.until);
  if (custody.counts.length === 0) return [paragraph(fill(words.custodyNone, { time }))];
  const rows = custody.counts.map(({ role, act, count }) => ({
    label: codeWords(words.roles, role),
    value: `${codeWords(words.accesses, act)}: ${count}`,
    source: codeWords(words.sources, 'server'),
  }));
  return [{ kind: 'rows', rows }, paragraph(fill(words.custodyNote, { time }))];
}

function keepingRows({ evidence, softwareVersion }: CertificateInput, write: RowWriter): CertificateRow[] {
  const merchant = String(knownValue(evidence.transaction.merchantLegalName) ?? '–');
  return [
    write.time('retainUntil', evidence.keeping.retainAtLeastUntil),
    write.time('legalHold', evidence.keeping.legalHold),
    write.bare('dataRequests', fill(write.words.dataRequests, { merchant })),
    write.own('softwareVersion', softwareVersion),
  ];
}
