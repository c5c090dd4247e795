import { type CertificateLanguage, certificateWords } from '#lib/copy/certificate.ts';
import { type CertificateWords, certificateParts } from '#lib/copy/certificate-words.ts';
import { fill } from '#lib/copy/language.ts';
import type { CustodyCount } from '#lib/domain/custody.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import type { AcceptanceRecord } from '../acceptance-record.ts';
import type { ProofEvidence } from '../evidence-view.ts';
import { momentLine } from './certificate-moment.ts';
import { type CertificateRow, knownValue, rowWriter } from './certificate-rows.ts';
import { closingSections } from './closing-sections.ts';
import { openingSections } from './opening-sections.ts';
import { sharedEvidence } from './shared-evidence.ts';

export type CertificateInput = {
  evidence: EvidenceView;
  acceptance: AcceptanceRecord | undefined;
  /** Absent until the session's last event is under a signed checkpoint. */
  proof: ProofEvidence | undefined;
  /** Whether this is the one that is kept for good. Any other is interim, also when nothing else is still to come. */
  isForKeeping: boolean;
  /** Absent when nobody has counted, which the certificate then says; an empty list means nobody. `until` is RFC 3339. */
  custody?: { until: string; counts: readonly CustodyCount[] };
  audience: 'shared' | 'court';
  language: CertificateLanguage;
  /** Absolute; holds the receipt code at most, nothing personal. */
  verifyUrl: string;
  receiptCode: string | undefined;
  softwareVersion: string;
};

export type CertificateBlock =
  | { kind: 'rows'; rows: readonly CertificateRow[] }
  | { kind: 'paragraph' | 'command'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'timeline'; entries: readonly { moment: string; event: string; actor: string }[] };

export type CertificateSection = { heading: string; blocks: readonly CertificateBlock[] };

/** The certificate as plain data, in one language, for paper and screen alike: `evidence-and-law` section 7, its twelve parts in order. */
export type CertificateModel = {
  language: CertificateLanguage;
  audience: 'shared' | 'court';
  state: 'interim' | 'final';
  title: string;
  /** The large word, and why it stands there. */
  stateWord: string;
  stateNote: string;
  audienceNote: string;
  summary: string;
  legend: string;
  sessionId: string;
  receiptCode?: string;
  verifyUrl: string;
  qrAlt: string;
  sections: readonly CertificateSection[];
  fileName: string;
  sealReason: string;
};

/**
 * Arranges the evidence as a certificate. For `shared` every personal value but the name is masked before a sentence is built. Claims
 * nothing beyond a simple electronic signature and says what it does not prove.
 */
export function certificateModel(given: CertificateInput): CertificateModel {
  const { audience, language, receiptCode, verifyUrl } = given;
  const words = certificateWords[language];
  const evidence = audience === 'shared' ? sharedEvidence(given.evidence, words.withheld) : given.evidence;
  const pending = pendingMatters(given);
  const state = pending.length > 0 ? 'interim' : 'final';
  const write = rowWriter(language);
  const parts = {
    ...openingSections({ ...given, evidence }, write),
    ...closingSections({ ...given, evidence }, write),
  };
  return {
    language,
    audience,
    state,
    title: words.title,
    stateWord: words.states[state],
    stateNote: (pending.length > 0 ? pending : ['final' as const])
      .map((matter) => fill(words.stateNotes[matter], { authorities: given.proof?.timeStampsPending.join(', ') ?? '' }))
      .join(' '),
    audienceNote: words.audiences[audience],
    summary: summaryOf(given),
    legend: words.legend,
    sessionId: evidence.signingSessionId,
    ...(receiptCode !== undefined && { receiptCode }),
    verifyUrl,
    qrAlt: fill(words.qrAlt, { url: verifyUrl }),
    sections: certificateParts.map((part, index) => ({
      heading: `${index + 1}. ${words.parts[part]}`,
      blocks: parts[part],
    })),
    fileName: `aceite-${evidence.signingSessionId}-${state}-${audience}.pdf`,
    sealReason: words.sealReason,
  };
}

/** Deliveries that have had the lender's last word. */
const answered: readonly DeliveryStatus[] = ['DELIVERED', 'REJECTED'];

/**
 * What is still to come; where that is nothing, the certificate is final if it is the one to keep. A session that was never accepted owes
 * the lender nothing.
 */
function pendingMatters({ evidence, proof, isForKeeping }: CertificateInput): PendingMatter[] {
  const delivery = knownValue(evidence.delivery.status);
  const isAnswered = delivery === undefined || answered.some((status) => status === delivery);
  const matters: PendingMatter[] = [
    ...(evidence.final ? [] : (['sessionOpen'] as const)),
    ...(proof ? [] : (['proofPending'] as const)),
    ...(proof && proof.timeStampsPending.length > 0 ? (['stampPending'] as const) : []),
    ...(isAnswered ? [] : (['lenderPending'] as const)),
  ];
  return matters.length === 0 && !isForKeeping ? ['documentPending'] : matters;
}

type PendingMatter = Exclude<keyof CertificateWords['stateNotes'], 'final'>;

function summaryOf({ evidence, acceptance, language }: CertificateInput): string {
  const { summaries, statuses } = certificateWords[language];
  if (!acceptance) {
    const status = String(knownValue(evidence.transaction.status) ?? 'PENDING');
    return fill(summaries.notAccepted, { status: statuses[status as keyof typeof statuses] ?? status });
  }
  const signer = acceptance.details.name?.value ?? '';
  const time = momentLine(acceptance.acceptedAt, language);
  return fill(summaries.accepted, { signer, button: acceptance.buttonLabel, time });
}
