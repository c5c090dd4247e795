import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { nameWords } from '#lib/domain/search-values.ts';
import { type DumpPart, dumpDatabase } from '#lib/testing/database-dump.ts';
import { findWords } from '#lib/testing/find-words.ts';
import {
  acceptedSession,
  atReview,
  createdSession,
  deliverToRest,
  fullForm,
  once,
  openedBy,
  sessionBody,
} from '#lib/testing/journey.ts';
import { custodyWords, passThroughCustody } from '#lib/testing/keeping.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { debtIs, refusal, type ScriptedLender, startScriptedLender } from '#lib/testing/scripted-lender.ts';
import type { SignerActor, StaffActor } from './context.ts';
import { type CancelResult, cancelSession } from './merchant/cancel-session.ts';
import { type CreateResult, createSession } from './merchant/create-session.ts';
import { readEvidence } from './merchant/read-evidence.ts';
import { acceptContract } from './signer/accept-contract.ts';
import { beginSigning } from './signer/begin-signing.ts';
import { declineContract } from './signer/decline-contract.ts';
import { saveDetails } from './signer/save-details.ts';
import { cancelAsStaff } from './staff/cancel-session.ts';
import { listStaffSessions } from './staff/list-sessions.ts';
import { readStaffSession } from './staff/read-session.ts';
import { sealTypedSearch } from './staff/typed-search.ts';
import { expireLapsed } from './system/expire-lapsed.ts';
import { growLog } from './system/grow-log.ts';

/** What a thief of the database or of a backup reads: every value of every table after everything that a session can live through. */

const words = {
  name: 'Zulmira Quintanilha Araçaúna',
  email: 'zulmira@quintanilha.example',
  identity: '11144477735',
  identityAsTyped: '111.444.777-35',
  phone: '5521987651234',
  phoneAsTyped: '(21) 98765-1234',
  phoneInDigits: '21987651234',
  wrongEmail: 'zulmira-arroba-quintanilha',
  otherName: 'Epaminondas Bittencourt',
  otherEmail: 'epaminondas@bittencourt.example',
  otherIdentity: '12345678909',
  otherIdentityAsTyped: '123.456.789-09',
  contract: 'A mutuária pagará em dezessete parcelas',
  title: 'Cédula da jaguatirica',
  summary: 'setecentos e doze reais',
  metadata: 'carteira-ornitorrinco',
  declineReason: 'Não reconheço o araticum',
  cancelReason: 'Cliente trocou o umbuzeiro',
  staffReason: 'Pedido da ouvidoria do jenipapo',
  lenderSaid: 'não confere com o cadastro do pirarucu',
  ip: '203.0.113.77',
  userAgent: 'Example Browser 1.0',
  ...custodyWords,
} as const;
const names = [words.name, words.otherName];
/** Each word of each name, as it is written and as the search compares it. */
const nameParts = names.flatMap((name) => [...name.split(' '), ...nameWords(name)]);

const prefilled = { name: words.name, email: words.email, identity: words.identity, phone: `+${words.phone}` };
const typed = { name: words.name, identity: words.identityAsTyped, phone: words.phoneAsTyped };
const terms = {
  contract: { title: words.title, text: `${words.contract}.\n` },
  summary: [{ label: 'Parcela', value: words.summary }],
  metadata: { segment: words.metadata },
};

let lender: ScriptedLender;
let portal: TestPortal;
let dump: DumpPart[] = [];
beforeAll(async () => {
  lender = await startScriptedLender();
  portal = await startTestPortal({ lenderAt: lender.url });
  await acceptAndDeliver();
  await declineAfterTyping();
  await leaveHalfTyped();
  await cancelByMerchantAndStaff();
  await letExpire();
  await searchAsStaff();
  while (await growLog(portal.ctx));
  dump = await dumpDatabase(portal.ownerUrl);
});
afterAll(async () => {
  await portal.end();
  await lender.stop();
});

/** Taken by the lender, refused by it, and found with it after a broken connection; its answers repeat what it was sent. */
async function acceptAndDeliver(): Promise<void> {
  const said = `${words.name}, ${words.identity}: ${words.lenderSaid}`;
  const received = { status: 'signature_received', signer: words.name, document: words.identityAsTyped };
  const scripts: [string, ScriptedLender['script']][] = [
    ['divida-1', { submissions: [{ status: 200, json: { key: 'divida-1', ...received } }], questions: [] }],
    ['divida-2', { submissions: [refusal('LEG000069', said)], questions: [] }],
    ['divida-3', { submissions: ['reset'], questions: [debtIs('signature_finished')] }],
  ];
  for (const [debtKey, script] of scripts) {
    lender.script = script;
    const { session } = await acceptedSession(portal, { ...terms, debtKey, signerDetails: prefilled });
    await deliverToRest(portal, session.signingSessionId);
    await passThroughCustody(portal, session.signingSessionId);
  }
}

/** The call that made the session is answered twice, under its idempotency key. */
async function declineAfterTyping(): Promise<void> {
  const { ctx, merchant } = portal;
  const body = sessionBody({ ...terms, signerDetails: {} });
  const answer = once<CreateResult>('an-idempotency-key');
  await createSession(ctx, merchant, body, answer);
  const again = await createSession(ctx, merchant, body, once<CreateResult>('an-idempotency-key'));
  if (again.kind !== 'answered' || !again.isReplay) throw new Error('the second answer was not the kept one');
  const [result] = answer.results;
  if (!result?.ok || !('redirectUrl' in result.session)) throw new Error('the session was not created');
  const signer = await openedBy(ctx, result.session.redirectUrl.split('/').at(-1) ?? '', words.ip);
  await type(signer);
  await saveDetails(ctx, signer, { ...typed, email: words.email });
  await acceptContract(ctx, signer, { offer: await atReview(ctx, signer) });
  await declineContract(ctx, signer, { reason: words.declineReason });
  await acceptContract(ctx, signer, fullForm('late'));
}

/** Everything was typed, the e-mail wrongly, so that all of it stands in a draft. */
async function leaveHalfTyped(): Promise<void> {
  await type(await openedBy(portal.ctx, (await createdSession(portal, withoutDetails)).token, words.ip));
}

async function cancelByMerchantAndStaff(): Promise<void> {
  const { ctx, merchant } = portal;
  const { signingSessionId: sessionId } = await createdSession(portal, { ...terms, signerDetails: prefilled });
  await cancelSession(ctx, merchant, { sessionId, reason: words.cancelReason }, once<CancelResult>('another-key'));
  const begun = await createdSession(portal, withoutDetails);
  await type(await openedBy(ctx, begun.token, words.ip));
  await cancelAsStaff(ctx, await operator(), begun.signingSessionId, words.staffReason);
}

async function letExpire(): Promise<void> {
  const expiresAt = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const { token } = await createdSession(portal, { ...withoutDetails, expiresAt });
  await type(await openedBy(portal.ctx, token, words.ip));
  await portal.advanceClock(25 * 3_600_000);
  await expireLapsed(portal.ctx);
}

async function searchAsStaff(): Promise<void> {
  const staff = await operator();
  for (const q of [words.name, words.identityAsTyped, words.email, words.phoneAsTyped]) {
    const search = sealTypedSearch(portal.ctx, staff, q);
    for (const question of [{ q }, { search }]) {
      const found = await listStaffSessions(portal.ctx, staff, question);
      const [first] = found.ok ? found.list.items : [];
      if (!first) throw new Error(`nothing was found by ${q}`);
      await readStaffSession(portal.ctx, staff, first.id);
    }
  }
}

const withoutDetails = { ...terms, signerDetails: {} };

async function type(signer: SignerActor): Promise<void> {
  await beginSigning(portal.ctx, signer);
  const other = { name: words.otherName, identity: words.otherIdentityAsTyped, email: words.otherEmail };
  await saveDetails(portal.ctx, signer, { ...typed, ...other });
  await saveDetails(portal.ctx, signer, { ...typed, email: words.wrongEmail });
}

async function operator(): Promise<StaffActor> {
  const { workspaceId } = portal.merchant;
  await portal.asOwner(
    `INSERT INTO staff_user (id, name, email, "createdAt", "updatedAt")
     VALUES ('ana', 'Ana Exemplo', 'ana@loja-exemplo.test', aceite_now(), aceite_now()) ON CONFLICT DO NOTHING`,
  );
  await portal.asOwner(
    "INSERT INTO staff_members (user_id, workspace_id, role) VALUES ('ana', $1, 'operator') ON CONFLICT DO NOTHING",
    [workspaceId],
  );
  return { userId: 'ana', workspaceId, role: 'operator', request: requestFrom('203.0.113.9') };
}

describe('what is read is all of it', () => {
  test('sessions in every end, and each kind of delivery', async () => {
    const sessions = await portal.asOwner<{ status: string }>(
      'SELECT DISTINCT status FROM signing_sessions ORDER BY 1',
    );
    const ends = sessions.map(({ status }) => status);
    expect(ends).toEqual(['CANCELLED', 'COMPLETED', 'EXPIRED', 'FAILED', 'IN_PROGRESS']);
    const deliveries = await portal.asOwner<{ status: string; delivered_by: string | null }>(
      'SELECT status, delivered_by FROM deliveries ORDER BY debt_key',
    );
    expect(deliveries.map(({ status, delivered_by }) => `${status} ${delivered_by}`)).toEqual([
      'DELIVERED reply',
      'REJECTED null',
      'DELIVERED reconciliation',
    ]);
  });

  test('every table that a session writes to, value by value and as COPY writes it', () => {
    const places = new Set(dump.map(({ place }) => place));
    for (const place of [
      'acceptances.record_sealed',
      'blind_indexes.digest',
      'certificates.pdf_sealed',
      'contracts.text_sealed',
      'deliveries.body_sealed',
      'delivery_attempts.session_id',
      'drafts.draft_sealed',
      'events.private_sealed',
      'idempotency_keys.key',
      'legal_holds.lift_reason_sealed',
      'log_entries.entry',
      'signer_details.details_sealed',
      'staff_accesses.reason_sealed',
    ]) {
      expect([...places]).toContain(place);
      expect([...places]).toContain(`${place.split('.')[0]} as COPY writes it`);
    }
    expect(findWords(dump, ['an-idempotency-key'])).not.toEqual([]);
  });
});

describe('no person and no text is in it, in any case or encoding', () => {
  test.each(Object.entries(words))('%s', (_name, text) => {
    expect(findWords(dump, [text])).toEqual([]);
  });

  test.each(nameParts)('the part of a name: %s', (part) => {
    expect(findWords(dump, [part])).toEqual([]);
  });

  test('nor a token of a link, nor a plain hash of a CPF or of a request that anybody could count up to', async () => {
    // The same request as a merchant's system would fingerprint it, with all that it says of a person.
    const body = canonicalJson(sessionBody({ signerDetails: prefilled }));
    const answer = {
      ...once<CreateResult>('a-keyed-request'),
      fingerprint: createHash('sha256').update(body).digest(),
    };
    const session = await createdSession(portal, {}, answer);
    const parts = await dumpDatabase(portal.ownerUrl);
    const token = Buffer.from(session.token, 'base64url');
    const hashes = [body, words.identity, words.identityAsTyped, words.otherIdentity].flatMap((identity) =>
      ['md5', 'sha1', 'sha256', 'sha512'].map((name) => createHash(name).update(identity).digest()),
    );
    for (const secret of [token, ...hashes])
      expect(parts.filter(({ bytes }) => bytes.includes(secret) || bytes.includes(secret.toString('hex')))).toEqual([]);
    expect(findWords(parts, [session.token])).toEqual([]);
  });
});

describe('whatever lay there would be found', () => {
  const inBase64 = (offset: number) => Buffer.from(`${'x'.repeat(offset)}${words.name} &c.`).toString('base64');
  test.each([
    ['as it is', `{"signer":"${words.name}"}`],
    ['in the other case', 'zULMIRA qUINTANILHA aRAÇAÚNA'],
    ['in capitals', words.name.toUpperCase()],
    ['without accents', 'zulmira quintanilha aracauna'],
    ['in an address', encodeURIComponent(words.name)],
    ['in hexadecimal', Buffer.from(words.name).toString('hex')],
    ['in hexadecimal capitals', Buffer.from(words.name).toString('hex').toUpperCase()],
    ['in base64', inBase64(0)],
    ['in base64 one byte later', inBase64(1)],
    ['in base64 two bytes later', inBase64(2)],
    ['in base64 for addresses', Buffer.from(`>>${words.name}`).toString('base64url')],
  ])('%s, in a text and in bytes, by value and in a COPY', async (_, planted) => {
    await portal.asOwner('CREATE TABLE planted (words text, bytes bytea)');
    await portal.asOwner('INSERT INTO planted VALUES ($1, $2)', [planted, Buffer.from(planted)]);
    try {
      const found = findWords(await dumpDatabase(portal.ownerUrl), [words.name]).map((line) => line.split(':')[0]);
      expect(new Set(found)).toEqual(new Set(['planted.words', 'planted.bytes', 'planted as COPY writes it']));
    } finally {
      await portal.asOwner('DROP TABLE planted');
    }
  });

  test('in a column of ours: the place is named', async () => {
    await createdSession(portal, { orderId: `pedido de ${words.name}` });
    const places = findWords(await dumpDatabase(portal.ownerUrl), [words.name]).map((line) => line.split(':')[0]);
    expect(places).toContain('signing_sessions.order_id');
    expect(places).not.toContain('signing_sessions.id');
  });
});

test('whoever holds the keys reads all of it', async () => {
  const sessions = await portal.asOwner<{ id: string }>('SELECT id FROM signing_sessions');
  const evidence = await Promise.all(sessions.map(({ id }) => readEvidence(portal.ctx, portal.merchant, id)));
  const text = JSON.stringify(evidence);
  for (const word of [words.name, words.email, words.identity, words.declineReason, words.cancelReason, words.ip])
    expect(text).toContain(word);
});
