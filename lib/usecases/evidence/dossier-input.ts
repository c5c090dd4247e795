import { readAcceptance } from '#lib/db/acceptances.ts';
import type { Tx } from '#lib/db/database.ts';
import { readDelivery } from '#lib/db/deliveries.ts';
import { listAttempts } from '#lib/db/delivery-attempts.ts';
import { listReencodes } from '#lib/db/lender-reencodes.ts';
import { readContractSealed } from '#lib/db/sessions.ts';
import { listSignerDetails } from '#lib/db/signer-details.ts';
import type { AcceptedInput, DossierInput, EventLine } from '#lib/evidence/dossier/dossier-files.ts';
import { interimReceipt } from '#lib/evidence/dossier/interim-receipt.ts';
import { type AttemptPart, type DetailsPart, partName } from '#lib/evidence/parts.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { collectEvidence, committedNames } from '../collect-evidence.ts';
import type { UseCaseContext } from '../context.ts';
import { bodiesOf } from '../lender-bodies.ts';
import type { OpenSession } from '../open-session.ts';
import { contractFactsPart, detailsPart, keptAttemptPart, sessionPart } from '../session-parts.ts';
import { type Certificate, keptCertificate } from './certificate-of.ts';
import { certificateBytes, certificatePages } from './certificate-pages.ts';
import { dossierProof } from './dossier-proof.ts';
import type { SessionProof } from './session-proof.ts';
import type { Story, StoryEvent } from './story.ts';

/** Reads and opens all that a dossier of this story holds. */
export async function dossierInput(
  ctx: UseCaseContext,
  tx: Tx,
  session: OpenSession,
  story: Story,
  proof: SessionProof | undefined,
): Promise<DossierInput> {
  const { workspaceId, sessionId } = session.place;
  const committed = committedNames(story);
  const contractSealed = await readContractSealed(tx, workspaceId, sessionId);
  if (!contractSealed) throw new Error('a session has no contract');
  const accepted = story.events.find(({ type }) => type === 'accepted');
  const acceptance = accepted && (await acceptedInput(tx, session, accepted, committed));
  const certificate = acceptance && (await certificateIn(ctx, tx, session, { story, proof }));
  const isFinal = story.isSettled && proof?.isStamped && (!certificate || certificate.state === 'final');
  return {
    state: isFinal ? 'final' : 'interim',
    session: sessionPart(session),
    contractText: session.vault.open('contract_text', contractSealed),
    contractFacts: contractFactsPart(session),
    details: await detailsOf(tx, session, committed),
    evidence: forStrangers(await collectEvidence(tx, session, { story, proof })),
    events: story.events.map(eventLine),
    ...(acceptance && { acceptance }),
    attempts: await attemptsOf(tx, session, committed),
    ...(proof && { proof: await dossierProof(tx, story, proof, acceptance?.record.offer.build) }),
    ...(certificate && { certificate: certificate.bytes }),
  };
}

/** That a session is held, and since when, is evidence. Why, and who of the staff said so, may be about the very person who gets the dossier. */
function forStrangers({ keeping: { legalHolds: _, ...keeping }, ...evidence }: EvidenceView): EvidenceView {
  return { ...evidence, keeping };
}

/** For the court, because the dossier holds it all anyway; interim until the one to keep was made. */
async function certificateIn(
  ctx: UseCaseContext,
  tx: Tx,
  session: OpenSession,
  { story, proof }: { story: Story; proof: SessionProof | undefined },
): Promise<Certificate> {
  const kept = await keptCertificate(tx, session, story, 'court');
  if (kept) return { bytes: kept, state: 'final' };
  const pages = await certificatePages(ctx, tx, session, { story, proof, kind: 'court', isForKeeping: false });
  return { bytes: await certificateBytes(pages), state: 'interim' };
}

function eventLine({ occurredAt, salt, prevHash, hash, ...said }: StoryEvent): EventLine {
  return {
    ...said,
    occurredAt: occurredAt.toISOString(),
    salt: salt.toString('hex'),
    prevHash: prevHash.toString('hex'),
    hash: hash.toString('hex'),
  };
}

async function detailsOf(
  tx: Tx,
  { place, vault, row }: OpenSession,
  committed: ReadonlySet<string>,
): Promise<DetailsPart[]> {
  const versions = await listSignerDetails(tx, place, row.details_version);
  return versions
    .filter(({ version }) => committed.has(partName.details(version)))
    .map((row) => detailsPart(vault, row));
}

async function acceptedInput(
  tx: Tx,
  { place, vault }: OpenSession,
  event: StoryEvent,
  committed: ReadonlySet<string>,
): Promise<AcceptedInput> {
  const [acceptance, delivery, reencodes] = await Promise.all([
    readAcceptance(tx, place.workspaceId, place.sessionId),
    readDelivery(tx, place.workspaceId, place.sessionId),
    listReencodes(tx, place),
  ]);
  if (!acceptance || !delivery) throw new Error('an accepted session lacks its acceptance or its delivery');
  const bytes = vault.open('acceptance_record', acceptance.record_sealed);
  const record: AcceptedInput['record'] = JSON.parse(bytes.toString('utf8'));
  const receipt = interimReceipt({
    signingSessionId: place.sessionId,
    acceptedAt: new Date(record.acceptedAt),
    receiptCode: record.receiptCode,
    contractSha256: record.contractSha256,
    eventHash: event.hash.toString('hex'),
  });
  const bodies = bodiesOf(delivery, reencodes);
  const lenderRequests = bodies
    .filter(({ number }) => committed.has(partName.lenderRequest(number)))
    .map(({ sealed }) => vault.open('lender_body', sealed));
  return { bytes, record, lenderRequests, receipt };
}

async function attemptsOf(
  tx: Tx,
  { place, vault }: OpenSession,
  committed: ReadonlySet<string>,
): Promise<AttemptPart[]> {
  const rows = await listAttempts(tx, place.workspaceId, place.sessionId);
  return rows.filter(({ id }) => committed.has(partName.attempt(id))).map((row) => keptAttemptPart(vault, row));
}
