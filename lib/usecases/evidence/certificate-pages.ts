import { countAccesses } from '#lib/db/accesses.ts';
import type { CertificateKind } from '#lib/db/certificates.ts';
import type { Tx } from '#lib/db/database.ts';
import { readContractSealed } from '#lib/db/sessions.ts';
import { displayForm } from '#lib/domain/contract-text.ts';
import { type CertificateModel, certificateModel } from '#lib/evidence/certificate/certificate-model.ts';
import { type CertificatePdfOptions, certificatePdf } from '#lib/evidence/certificate/certificate-pdf.ts';
import { absolute, paths } from '#lib/paths.ts';
import { collectEvidence, readAcceptanceRecord } from '../collect-evidence.ts';
import type { UseCaseContext } from '../context.ts';
import type { OpenSession } from '../open-session.ts';
import { proofFacts } from './proof-facts.ts';
import type { SessionProof } from './session-proof.ts';
import type { Story } from './story.ts';

/** What a certificate is made of; making it needs the database no more. */
export type CertificatePages = { model: CertificateModel; options: CertificatePdfOptions };

/** Reads what a certificate tells. Only the one that `isForKeeping` can be final. */
export async function certificatePages(
  ctx: Pick<UseCaseContext, 'portalUrl' | 'buildId'>,
  tx: Tx,
  session: OpenSession,
  {
    story,
    proof,
    kind,
    isForKeeping,
  }: { story: Story; proof: SessionProof | undefined; kind: CertificateKind; isForKeeping: boolean },
): Promise<CertificatePages> {
  const receiptCode = session.row.receipt_code ?? undefined;
  const until = story.events.at(-1)?.occurredAt ?? session.row.created_at;
  const model = certificateModel({
    evidence: await collectEvidence(tx, session, { story, proof }),
    acceptance: await readAcceptanceRecord(tx, session),
    proof: proof && proofFacts(proof),
    isForKeeping,
    custody: { until: until.toISOString(), counts: await countAccesses(tx, session.place, until) },
    audience: kind === 'court' ? 'court' : 'shared',
    language: session.row.language,
    verifyUrl: absolute(ctx.portalUrl, paths.verify(receiptCode)),
    receiptCode,
    softwareVersion: ctx.buildId,
  });
  const createdAt = proof?.checkpoint.signed_at ?? until;
  return { model, options: { createdAt, ...(kind === 'document' && (await contractOf(tx, session))) } };
}

/** The PDF, unsealed: the same pages always give the same bytes. */
export function certificateBytes({ model, options }: CertificatePages): Promise<Uint8Array> {
  return certificatePdf(model, options);
}

async function contractOf(tx: Tx, { place, vault }: OpenSession) {
  const sealed = await readContractSealed(tx, place.workspaceId, place.sessionId);
  if (!sealed) throw new Error('a session has no contract');
  const contractBytes = vault.open('contract_text', sealed);
  return { contractBytes, contractText: displayForm(contractBytes.toString('utf8')) };
}
