import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyConsistency } from '#lib/evidence/log/merkle.ts';
import { readCheckpoint } from '#lib/evidence/log/read-checkpoint.ts';
import { parseNote, verifyNote } from '#lib/evidence/log/signed-note.ts';
import type { TileReader } from '#lib/evidence/log/tile.ts';
import { tilePath } from '#lib/evidence/log/tile-path.ts';
import { consistencyProof } from '#lib/evidence/log/tiles.ts';
import { parseVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import { evidenceView } from '#lib/schema/evidence.ts';
import { sessionListView, sessionView } from '#lib/schema/session.ts';
import { staffSessionList, staffSessionStory } from '#lib/schema/staff-session.ts';
import { acceptedSession, createdSession, deliverToRest, fullForm, once, openedBy } from '#lib/testing/journey.ts';
import { addStaff, chainOf, dayMs, isErased, standAfterDate, toldWords } from '#lib/testing/keeping.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { runPythonVerifier } from '#lib/testing/python-verifier.ts';
import { unzipped } from '#lib/testing/unzipped.ts';
import type { SignerActor, StaffActor } from './context.ts';
import { type CancelResult, cancelSession } from './merchant/cancel-session.ts';
import { listSessions } from './merchant/list-sessions.ts';
import { readDocument } from './merchant/read-document.ts';
import { readDossier } from './merchant/read-dossier.ts';
import { readEvidence } from './merchant/read-evidence.ts';
import { readSession } from './merchant/read-session.ts';
import { acceptContract } from './signer/accept-contract.ts';
import { declineContract } from './signer/decline-contract.ts';
import { objectToContract } from './signer/object-to-contract.ts';
import { readContractBytes } from './signer/read-contract-bytes.ts';
import { readJourney } from './signer/read-journey.ts';
import { readOwnDocument } from './signer/read-own-document.ts';
import { readOwnDossier } from './signer/read-own-dossier.ts';
import { cancelAsStaff } from './staff/cancel-session.ts';
import { downloadDossier } from './staff/download-dossier.ts';
import { listStaffSessions } from './staff/list-sessions.ts';
import { readStaffSession } from './staff/read-session.ts';
import { refreshStaffSession } from './staff/refresh-session.ts';
import { growLog } from './system/grow-log.ts';
import { keepAndErase } from './system/keep-and-erase.ts';
import { readLogFile } from './system/read-log-file.ts';
import { trustFile } from './system/trust-file.ts';

/** Whoever still asks for an erased session gets its skeleton, by every door, and nothing breaks. */

type Erased = { id: string; token: string; signer: SignerActor; chain: string[] };

let portal: TestPortal;
let log: LogKeeper;
/** The final dossier of the signed session, as somebody took it before the end. */
let kept: Buffer;
let admin: StaffActor;
const erased: Record<'signed' | 'declined', Erased> = {} as Record<'signed' | 'declined', Erased>;

const terms = {
  contract: { title: toldWords.title, text: `${toldWords.contract}.\n` },
  metadata: { segment: toldWords.metadata },
  returnUrl: `https://${toldWords.returnUrl}/volta`,
  signerDetails: {
    name: toldWords.name,
    email: toldWords.email,
    identity: toldWords.identity,
    phone: `+${toldWords.phone}`,
  },
};

beforeAll(async () => {
  portal = await startTestPortal();
  log = logKeeper(portal);
  const { ctx, merchant } = portal;
  const userId = await addStaff(portal);
  admin = { userId, workspaceId: merchant.workspaceId, role: 'admin', request: requestFrom() };
  const { session, signer } = await acceptedSession(portal, terms);
  await deliverToRest(portal, session.signingSessionId);
  const made = await createdSession(portal, terms);
  const other = await openedBy(ctx, made.token, toldWords.ip);
  await declineContract(ctx, other, { reason: toldWords.declineReason });
  await log.publish();
  const taken = await readDossier(ctx, merchant, session.signingSessionId);
  if (!taken.ok) throw new Error(taken.code);
  kept = Buffer.from(taken.bytes);
  const hashes = async (id: string) => (await chainOf(portal, id)).map(({ hash }) => hash.toString('hex'));
  for (const [name, of, by] of [
    ['signed', session, signer],
    ['declined', made, other],
  ] as const) {
    const id = of.signingSessionId;
    erased[name] = { id, token: of.token, signer: by, chain: await hashes(id) };
  }
  await standAfterDate(portal, erased.signed.id, dayMs);
  await keepAndErase(ctx);
});
afterAll(() => portal.end());

/** Nothing of what anybody told stands in an answer. */
function expectSilence(answer: unknown): void {
  const text = JSON.stringify(answer);
  for (const word of Object.values(toldWords)) expect(text).not.toContain(word);
}

describe.each(['signed', 'declined'] as const)('of a session that was %s and erased', (name) => {
  const status = name === 'signed' ? 'COMPLETED' : 'FAILED';
  const kind = name === 'signed' ? 'E1' : 'E2';
  const it = () => erased[name];

  test('the API shows status, dates and the hash of the text, alone and in lists', async () => {
    expect(await isErased(portal, it().id)).toBe(true);
    const read = await readSession(portal.ctx, portal.merchant, it().id);
    if (!read.ok) throw new Error(read.code);
    const session = sessionView.parse(read.session);
    expect(session).toMatchObject({
      status,
      signerDetails: {},
      erased: { class: kind, rule: 'term_over' },
      contract: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(session).not.toHaveProperty('documentUrl');
    if (session.status === 'COMPLETED') expect(session.delivery.status).toBe('DELIVERED');
    expectSilence(session);
    const listed = await listSessions(portal.ctx, portal.merchant, { limit: 10 });
    const list = sessionListView.parse(listed.ok && listed.list);
    expect(list.items.find(({ signingSessionId }) => signingSessionId === it().id)).toEqual(session);
  });

  test('its evidence is what is left: how it ended, the hash of the text, the chain as it was, and that the rest was erased', async () => {
    const read = await readEvidence(portal.ctx, portal.merchant, it().id);
    const evidence = evidenceView.parse(read.ok && read.evidence);
    expect(evidence.signer.name).toEqual({ status: 'not_captured', reason: 'erased' });
    expect(evidence.network.ip).toEqual({ status: 'not_captured', reason: 'erased' });
    expect(evidence.integrity.softwareBuild).toEqual({ status: 'not_captured', reason: 'erased' });
    expect(evidence.document.title).toEqual({ status: 'not_captured', reason: 'erased' });
    expect(evidence.document.sha256).toMatchObject({ source: 'server' });
    expect(evidence.keeping).toMatchObject({ erasedClass: { value: kind }, erasedRule: { value: 'term_over' } });
    expect(evidence.events.at(-1)).toMatchObject({ type: 'erased', data: { class: kind, rule: 'term_over' } });
    const wasAccepted = 'value' in evidence.act.acceptedAt;
    expect(wasAccepted).toBe(name === 'signed');
    expectSilence(evidence);
  });

  test('every event that it had is still the same leaf of the log', async () => {
    const now = (await chainOf(portal, it().id)).map(({ hash }) => hash.toString('hex'));
    expect(now.slice(0, -1)).toEqual(it().chain);
    while ((await growLog(portal.ctx)) > 0);
    const entries = await portal.asOwner<{ hash: string }>(
      "SELECT encode(substring(entry FROM 2), 'hex') AS hash FROM log_entries",
    );
    const leaves = new Set(entries.map(({ hash }) => hash));
    expect(now.filter((hash) => !leaves.has(hash))).toEqual([]);
  });

  test('there is no document and no dossier', async () => {
    const { ctx, merchant } = portal;
    expect(await readDocument(ctx, merchant, it().id)).toMatchObject({ ok: false, code: 'document_not_available' });
    expect(await readDossier(ctx, merchant, it().id)).toMatchObject({ ok: false });
    expect(await downloadDossier(ctx, admin, it().id, 'motivo')).toMatchObject({ ok: false });
    expect(await readContractBytes(ctx, it().signer)).toMatchObject({ ok: false });
    expect(await readOwnDossier(ctx, it().signer)).toMatchObject({ ok: false });
    expect(await readOwnDocument(ctx, it().signer)).toMatchObject({ ok: false });
  });

  test('cancelling it is refused as before', async () => {
    const answer = once<CancelResult>();
    await cancelSession(portal.ctx, portal.merchant, { sessionId: it().id, reason: 'tarde' }, answer);
    const code = name === 'signed' ? 'session_completed' : 'session_not_cancellable';
    expect(answer.results).toMatchObject([{ ok: false, code }]);
    expect(await cancelAsStaff(portal.ctx, admin, it().id, 'tarde')).toEqual({ ok: false, code });
  });

  test('staff find it by its ids and see when and by which rule it went', async () => {
    const found = await listStaffSessions(portal.ctx, admin, { q: it().id });
    const list = staffSessionList.parse(found.ok && found.list);
    expect(list.items).toMatchObject([{ id: it().id, person: {}, erased: { class: kind, rule: 'term_over' } }]);
    const byName = await listStaffSessions(portal.ctx, admin, { q: toldWords.identity });
    expect(byName.ok && byName.list.items).toEqual([]);
    const read = await readStaffSession(portal.ctx, admin, it().id);
    if (!read.ok) throw new Error(read.code);
    const story = staffSessionStory.parse(read.session.story);
    expect(story).toMatchObject({ mayCancel: false, keeping: { class: kind, mayHold: false, holds: [] } });
    expect(story.entries.map(({ type }) => type)).toContain('erased');
    expect(read.session.contract).not.toHaveProperty('text');
    expectSilence(read.session);
    expect(await refreshStaffSession(portal.ctx, admin, it().id)).toMatchObject({ ok: true });
  });

  test('the signer sees how and when it ended, by every page and after every act', async () => {
    const { ctx } = portal;
    const page = name === 'signed' ? 'receipt' : 'read';
    const shown = await readJourney(ctx, it().signer, page);
    expect(shown).toMatchObject({ kind: 'closed', view: { status, erasedAt: expect.any(Date) } });
    if (name === 'signed') expect(shown).toMatchObject({ view: { receipt: { shows: 'bare' } } });
    expectSilence(shown);
    const closedPage = name === 'signed' ? 'receipt' : 'closed';
    for (const wanted of ['details', 'review'] as const)
      expect(await readJourney(ctx, it().signer, wanted)).toEqual({ kind: 'elsewhere', page: closedPage });
    expect(await acceptContract(ctx, it().signer, fullForm('late'))).toEqual({ kind: 'go', page: closedPage });
    for (const act of ['withdraw', 'dispute'] as const)
      expect(await objectToContract(ctx, it().signer, act, { reason: 'tarde' })).toEqual({
        kind: 'go',
        page: closedPage,
      });
    expect((await chainOf(portal, it().id)).slice(0, -1)).toHaveLength(it().chain.length);
    const again = await openedBy(ctx, it().token);
    expect(await readJourney(ctx, again, page)).toMatchObject({ kind: 'closed' });
    const stranger = { ...it().signer, linkIssue: 2 };
    expect(await readJourney(ctx, stranger, page)).toEqual({ kind: 'unknown' });
    expect(await acceptContract(ctx, stranger, fullForm('late'))).toEqual({ kind: 'refused', code: 'unauthorized' });
  });
});

test('in another workspace an erased session is as unknown as any', async () => {
  expect(await readSession(portal.ctx, portal.stranger, erased.signed.id)).toEqual({
    ok: false,
    code: 'signing_session_not_found',
  });
  const unnamed = await readEvidence(portal.ctx, portal.stranger, erased.declined.id);
  expect(unnamed.ok).toBe(false);
});

describe('whoever kept the dossier of an erased session, after the log has grown and was signed again,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-kept-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    await acceptedSession(portal);
    await log.publish();
    expect(await isErased(portal, erased.signed.id)).toBe(true);
  });

  test('still has it found valid by both verifiers', async () => {
    const trust = Buffer.from(JSON.stringify(await trustFile(portal.ctx)));
    const verdict = await verifyDossier({ dossier: kept, trust, verifyTimeStamp });
    expect(verdict).toMatchObject({ verdict: 'VALID' });
    const files = { dossier: join(folder, 'dossier.zip'), trust: join(folder, 'trust.json') };
    writeFileSync(files.dossier, kept);
    writeFileSync(files.trust, trust);
    expect(runPythonVerifier([files.dossier, '--trust', files.trust])).toMatchObject({ code: 0 });
  });

  test('proves from the public files that the log of today, with the erasure in it, begins with the log of then', async () => {
    const [before, today] = [
      await signedTree(unzipped(kept).get('proofs/checkpoint')),
      await signedTree(await publicFile('checkpoint')),
    ];
    expect(today.size).toBeGreaterThan(before.size);
    const fromOutside: TileReader = (level, index, width) => publicFile(tilePath({ level, index, width }));
    const proof = await consistencyProof(before.size, today.size, fromOutside);
    expect(verifyConsistency(before.size, today.size, before.root, today.root, proof)).toEqual({ ok: true });
    const others = before.root.map((byte) => byte ^ 1);
    expect(verifyConsistency(before.size, today.size, others, today.root, proof)).toMatchObject({ ok: false });
  });

  async function publicFile(path: string): Promise<Uint8Array> {
    const file = await readLogFile(portal.ctx, path);
    if (!file) throw new Error(`the log does not publish ${path}`);
    return file.bytes;
  }

  /** The tree of a checkpoint that the log's key has signed. */
  async function signedTree(bytes: Uint8Array = Buffer.alloc(0)) {
    const [note, key, checkpoint] = [parseNote(bytes), parseVerifierKey(log.verifierKey), readCheckpoint(bytes)];
    if (!note.ok || !key.ok || !checkpoint) throw new Error('this is no checkpoint');
    expect(await verifyNote(note.note, [key.key])).toMatchObject({ ok: true });
    return checkpoint;
  }
});
