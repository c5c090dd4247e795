import { afterAll, beforeAll, expect, test } from 'vitest';
import { momentLine } from '#lib/evidence/certificate/certificate-moment.ts';
import { acceptedSession, createdSession, deliverToRest, maria, openedBy } from '#lib/testing/journey.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { askPdf, qrCodesIn } from '#lib/testing/pdf-programs.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readCertificate } from '../merchant/read-certificate.ts';
import { readDocument } from '../merchant/read-document.ts';
import { readSession } from '../merchant/read-session.ts';
import { declineContract } from '../signer/decline-contract.ts';
import { certificateOf } from './certificate-of.ts';
import { makeCertificates } from './make-certificate.ts';

let portal: TestPortal;
let log: LogKeeper;
beforeAll(async () => {
  portal = await startTestPortal();
  log = logKeeper(portal);
});
afterAll(() => portal.end());

const placeOf = (sessionId: string) => ({ workspaceId: portal.merchant.workspaceId, sessionId });
const sha = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');

async function deliveredSession(): Promise<string> {
  const { session } = await acceptedSession(portal);
  await deliverToRest(portal, session.signingSessionId);
  return session.signingSessionId;
}

test('a certificate is interim and made anew until the proof is whole, and then one that is kept', async () => {
  const id = await deliveredSession();
  const early = await certificateOf(portal.ctx, placeOf(id), 'court');
  const again = await certificateOf(portal.ctx, placeOf(id), 'court');
  expect(early?.state).toBe('interim');
  expect(sha(again?.bytes)).toBe(sha(early?.bytes));
  expect(sha(early?.bytes).startsWith('%PDF-1.7')).toBe(true);
  await log.publish();
  const kept = await certificateOf(portal.ctx, placeOf(id), 'court');
  expect(kept?.state).toBe('final');
  expect(sha(kept?.bytes)).not.toBe(sha(early?.bytes));
  expect(askPdf(kept?.bytes ?? new Uint8Array(), 'pdfsig').said).toMatch(/Signature is Valid/);
  expect(askPdf(early?.bytes ?? new Uint8Array(), 'pdfsig').said).toMatch(/does not contain any signatures/);
  expect(sha((await certificateOf(portal.ctx, placeOf(id), 'court'))?.bytes)).toBe(sha(kept?.bytes));
});

test('the code on it leads to where its receipt is checked', async () => {
  const id = await deliveredSession();
  const session = await readSession(portal.ctx, portal.merchant, id);
  const code = session.ok && 'receiptCode' in session.session ? session.session.receiptCode : 'none';
  const certificate = await certificateOf(portal.ctx, placeOf(id), 'shared');
  expect(qrCodesIn(certificate?.bytes ?? new Uint8Array())).toEqual([`http://127.0.0.1:3000/verify/${code}`]);
});

test('is made once, by however many workers and readers at once', async () => {
  const id = await deliveredSession();
  await log.publish();
  const kinds = ['shared', 'document', 'shared', 'document', 'shared'] as const;
  const made = await Promise.all(kinds.map((kind) => certificateOf(portal.ctx, placeOf(id), kind)));
  expect(made.map((one) => one?.state)).toEqual(kinds.map(() => 'final'));
  expect(new Set(made.map((one) => sha(one?.bytes))).size).toBe(2);
  const rows = await portal.asOwner<{ kind: string; checkpoint_size: string }>(
    'SELECT kind, checkpoint_size FROM certificates WHERE session_id = $1 ORDER BY kind',
    [id],
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['court', 'document', 'shared']);
  expect(new Set(rows.map(({ checkpoint_size }) => checkpoint_size)).size).toBe(1);
});

test('waits for the log without being forgotten, and is on no list once it is made', async () => {
  const id = await deliveredSession();
  const queued = () => portal.asOwner('SELECT FROM certificate_queue WHERE session_id = $1', [id]);
  expect(await makeCertificates(portal.ctx)).toBe(0);
  expect(await queued()).toHaveLength(1);
  await portal.advanceClock(10_000);
  await log.publish();
  expect(await queued()).toHaveLength(0);
});

test('a later checkpoint, stamped by more, does not change what a certificate and its dossier rest on', async () => {
  const id = await deliveredSession();
  await log.publish();
  const before = await certificateOf(portal.ctx, placeOf(id), 'shared');
  await createdSession(portal);
  await log.publish();
  expect(sha((await certificateOf(portal.ctx, placeOf(id), 'shared'))?.bytes)).toBe(sha(before?.bytes));
});

test('the signed contract is one PDF with the exact bytes inside; other sessions have a certificate and no contract', async () => {
  const id = await deliveredSession();
  const document = await readDocument(portal.ctx, portal.merchant, id);
  expect(document).toMatchObject({ ok: true, state: 'interim' });
  const { signingSessionId, token } = await createdSession(portal);
  await declineContract(portal.ctx, await openedBy(portal.ctx, token), { reason: '' });
  await log.publish();
  expect(await readDocument(portal.ctx, portal.merchant, signingSessionId)).toEqual({
    ok: false,
    code: 'document_not_available',
  });
  expect(await readCertificate(portal.ctx, portal.merchant, signingSessionId, 'shared')).toMatchObject({
    ok: true,
    state: 'final',
  });
});

test('is nobody else’s, and is sealed where it is kept', async () => {
  const id = await deliveredSession();
  await log.publish();
  expect(await readCertificate(portal.ctx, portal.stranger, id, 'court')).toMatchObject({ ok: false });
  const [row] = await portal.asOwner<{ pdf_sealed: Buffer }>(
    'SELECT pdf_sealed FROM certificates WHERE session_id = $1',
    [id],
  );
  expect(row?.pdf_sealed.includes('%PDF')).toBe(false);
  expect(row?.pdf_sealed.includes(maria.name)).toBe(false);
});

/** Pages of a PDF as pdfkit writes them. */
const pagesOf = (bytes: Uint8Array | undefined): number => [...sha(bytes).matchAll(/\/Type \/Page\b/g)].length;

test('a contract of very many lines is attached and not printed, so that no document takes the portal its memory', async () => {
  for (const [lines, isPrinted] of [
    [3_000, true],
    [60_000, false],
  ] as const) {
    const { session } = await acceptedSession(portal, { contract: { title: 'Linhas', text: 'a\n'.repeat(lines) } });
    const { signingSessionId } = session;
    const [document, alone] = [
      await certificateOf(portal.ctx, placeOf(signingSessionId), 'document'),
      await certificateOf(portal.ctx, placeOf(signingSessionId), 'shared'),
    ];
    const contractPages = pagesOf(document?.bytes) - pagesOf(alone?.bytes);
    if (isPrinted) expect(contractPages).toBeGreaterThan(50);
    else expect(contractPages).toBe(1);
    expect(sha(document?.bytes)).toContain('contract.txt');
  }
});

test('tells how often people had looked and taken the evidence out by the end of its story, until when it counted, and that nobody had', async () => {
  const id = await deliveredSession();
  const wordsOf = async () =>
    askPdf(
      (await certificateOf(portal.ctx, placeOf(id), 'court'))?.bytes ?? new Uint8Array(),
      'pdftotext',
      [],
      ['-'],
    ).said.replaceAll(/\s+/g, ' ');
  const [end] = await portal.asOwner<{ at: Date }>('SELECT max(occurred_at) AS at FROM events WHERE session_id = $1', [
    id,
  ]);
  const at = end?.at ?? new Date(0);
  const until = momentLine(at.toISOString(), 'pt-BR').replaceAll(/\s+/g, ' ');
  expect(await wordsOf()).toContain(`Até ${until}, hora do último evento narrado aqui, ninguém tinha aberto`);
  await portal.asOwner(`INSERT INTO staff_user ("id", "name", "email", "createdAt", "updatedAt")
    VALUES ('u1', 'Ana', 'ana@example.com', aceite_now(), aceite_now())`);
  const access = async (what: string, occurredAt: Date) =>
    portal.asOwner(
      `INSERT INTO staff_accesses (session_id, workspace_id, user_id, what, occurred_at) VALUES ($1, $2, 'u1', $3, $4)`,
      [id, portal.merchant.workspaceId, what, occurredAt],
    );
  const later = new Date(at.getTime() + 1);
  for (const what of ['session', 'export']) await access(what, later);
  expect(await wordsOf()).toContain('ninguém tinha aberto nem retirado este registro');
  for (const what of ['session', 'session', 'evidence', 'export']) await access(what, at);
  for (const [what, firstAt] of [
    ['evidence', at],
    ['document', at],
    ['dossier', later],
  ] as const)
    await portal.asOwner(
      `INSERT INTO file_accesses (session_id, workspace_id, actor, what, day, first_at, last_at)
       VALUES ($1, $2, 'signer', $3, ($4::timestamptz AT TIME ZONE 'UTC')::date, $4, $4)`,
      [id, portal.merchant.workspaceId, what, firstAt],
    );
  const counted = await wordsOf();
  expect(counted).toMatch(/aberto: 2/);
  expect(counted).toMatch(/exportado: 1/);
  expect(counted).toMatch(/Quem assinou retirado, uma vez por arquivo e dia: 2/);
  expect(counted).toContain(`Contado até ${until}`);
});
