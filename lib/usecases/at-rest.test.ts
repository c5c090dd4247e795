import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedSession, atReview, createdSession, fullForm, once, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type CancelResult, cancelSession } from './merchant/cancel-session.ts';
import { readEvidence } from './merchant/read-evidence.ts';
import { acceptContract } from './signer/accept-contract.ts';
import { beginSigning } from './signer/begin-signing.ts';
import { declineContract } from './signer/decline-contract.ts';
import { saveDetails } from './signer/save-details.ts';
import { deliverNext } from './system/deliver-acceptance.ts';

/** What a thief of the database or of a backup reads: every row of every table after everything that a session can live through. */

const words = {
  name: 'Zulmira Quintanilha',
  email: 'zulmira@quintanilha.example',
  identity: '11144477735',
  identityAsTyped: '111.444.777-35',
  phone: '5521987651234',
  phoneAsTyped: '(21) 98765-1234',
  wrongEmail: 'zulmira-arroba-quintanilha',
  contract: 'A mutuária pagará em dezessete parcelas',
  title: 'Cédula da jaguatirica',
  summary: 'setecentos e doze reais',
  metadata: 'carteira-ornitorrinco',
  declineReason: 'Não reconheço o araticum',
  cancelReason: 'Cliente trocou o umbuzeiro',
  ip: '203.0.113.77',
  userAgent: 'Example Browser 1.0',
} as const;

let portal: TestPortal;
let dump = '';
beforeAll(async () => {
  portal = await startTestPortal();
  await liveThroughEverything();
  dump = await everyRow();
});
afterAll(() => portal.end());

const terms = {
  contract: { title: words.title, text: `${words.contract}.\n` },
  summary: [{ label: 'Parcela', value: words.summary }],
  metadata: { segment: words.metadata },
};

async function liveThroughEverything(): Promise<void> {
  const { ctx, merchant } = portal;
  // Prefilled and accepted at once, under an idempotency key; delivered.
  const details = { name: words.name, email: words.email, identity: words.identity, phone: `+${words.phone}` };
  await acceptedSession(portal, { ...terms, signerDetails: details });
  // Refused by the lender, so that its words are kept too.
  await acceptedSession(portal, { ...terms, signerDetails: { ...details, identity: '10000000280' } });
  while (await deliverNext(ctx));
  // Everything typed by the signer, once wrongly, then declined.
  const typing = await createdSession(portal, { ...terms, signerDetails: {} }, once('an-idempotency-key'));
  const signer = await openedBy(ctx, typing.token, words.ip);
  await beginSigning(ctx, signer);
  const typed = { name: words.name, identity: words.identityAsTyped, phone: words.phoneAsTyped };
  await saveDetails(ctx, signer, { ...typed, email: words.wrongEmail });
  await saveDetails(ctx, signer, { ...typed, email: words.email });
  await acceptContract(ctx, signer, { offer: await atReview(ctx, signer) });
  await declineContract(ctx, signer, { reason: words.declineReason });
  await acceptContract(ctx, signer, fullForm('late'));
  // Left half typed.
  const left = await openedBy(ctx, (await createdSession(portal, { ...terms, signerDetails: {} })).token, words.ip);
  await beginSigning(ctx, left);
  await saveDetails(ctx, left, { ...typed, email: words.wrongEmail });
  const { signingSessionId: sessionId } = await createdSession(portal, terms);
  await cancelSession(ctx, merchant, { sessionId, reason: words.cancelReason }, once<CancelResult>('another-key'));
}

/** All tables as text, the wall set aside for once; bytea is written in hexadecimal. */
async function everyRow(): Promise<string> {
  const tables = await portal.asOwner<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    await portal.asOwner(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`);
    const found = await portal.asOwner<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    rows.push(...found.map(({ row }) => `${name} ${row}`));
  }
  return rows.join('\n');
}

/** The ways in which a text may lie in a dump: plain, as the bytes of a bytea, in base64 at each of its three offsets. */
function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const escaped = JSON.stringify(text).slice(1, -1);
  return [text, escaped, bytes.toString('hex'), ...base64];
}

test('the dump is one: it holds the rows, their hashes and their ids', () => {
  for (const table of ['acceptances', 'drafts', 'deliveries', 'delivery_attempts', 'idempotency_keys', 'blind_indexes'])
    expect(dump).toContain(`\n${table} (`);
  expect(dump).toContain('an-idempotency-key');
  expect(dump.length).toBeGreaterThan(20_000);
});

describe('no person and no text is in it', () => {
  test.each(Object.entries(words))('%s', (_name, text) => {
    const lines = dump.split('\n').filter((line) => {
      const isPlain = line.toLowerCase().includes(text.toLowerCase());
      return isPlain || spellings(text).some((spelling) => line.includes(spelling));
    });
    expect(lines.map((line) => line.slice(0, 160))).toEqual([]);
  });

  test('nor a token, nor a plain hash of a CPF that anybody could count up to', async () => {
    const { createHash } = await import('node:crypto');
    const hashes = ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update(words.identity).digest('hex'));
    const session = await createdSession(portal);
    const rows = await everyRow();
    for (const secret of [...hashes, session.token, Buffer.from(session.token, 'base64url').toString('hex')])
      expect(rows.includes(secret)).toBe(false);
  });
});

test('whoever holds the keys reads all of it', async () => {
  const sessions = await portal.asOwner<{ id: string }>('SELECT id FROM signing_sessions');
  const evidence = await Promise.all(sessions.map(({ id }) => readEvidence(portal.ctx, portal.merchant, id)));
  const text = JSON.stringify(evidence);
  for (const word of [words.name, words.email, words.identity, words.declineReason, words.cancelReason, words.ip])
    expect(text).toContain(word);
});
