import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedSession, createdSession, openedBy } from '#lib/testing/journey.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { MerchantActor, SignerActor } from './context.ts';
import { readCertificate } from './merchant/read-certificate.ts';
import { readDocument } from './merchant/read-document.ts';
import { readDossier } from './merchant/read-dossier.ts';
import { readEvidence } from './merchant/read-evidence.ts';
import { readSession } from './merchant/read-session.ts';
import { readOwnCertificate } from './signer/read-own-certificate.ts';
import { readOwnDocument } from './signer/read-own-document.ts';
import { readOwnDossier } from './signer/read-own-dossier.ts';

/** Whatever leaves the portal otherwise than by its dashboard is written down first. */

let portal: TestPortal;
let merchant: MerchantActor;
let id: string;
let signer: SignerActor;
beforeAll(async () => {
  portal = await startTestPortal();
  // Noon, so that no test runs over the end of a day.
  await portal.asOwner('SELECT aceite_move_clock(extract(epoch FROM $1::timestamptz - aceite_now())::bigint * 1000)', [
    `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T12:00:00Z`,
  ]);
  merchant = portal.merchant;
  const accepted = await acceptedSession(portal);
  id = accepted.session.signingSessionId;
  signer = accepted.signer;
});
afterAll(() => portal.end());

type Row = { actor: string; what: string; count: number; api_key_id: string | null; request_id: string };

function rowsOf(sessionId: string): Promise<Row[]> {
  const sql =
    'SELECT actor, what, count, api_key_id, request_id FROM file_accesses WHERE session_id = $1 ORDER BY position';
  return portal.asOwner<Row>(sql, [sessionId]);
}

async function documentSignature(): Promise<string> {
  const read = await readSession(portal.ctx, merchant, id);
  if (!read.ok || read.session.status !== 'COMPLETED') throw new Error('not signed');
  return new URL(read.session.documentUrl ?? '').searchParams.get('signature') ?? '';
}

type Way = { by: string; what: string; take: () => Promise<{ ok: boolean }> };

const ways: Record<string, Way> = {
  'the evidence, by key': { by: 'merchant', what: 'evidence', take: () => readEvidence(portal.ctx, merchant, id) },
  'the dossier, by key': { by: 'merchant', what: 'dossier', take: () => readDossier(portal.ctx, merchant, id) },
  'the document, by key': { by: 'merchant', what: 'document', take: () => readDocument(portal.ctx, merchant, id) },
  'the certificate, by key': {
    by: 'merchant',
    what: 'certificate',
    take: () => readCertificate(portal.ctx, merchant, id, 'shared'),
  },
  'the certificate for the court, by key': {
    by: 'merchant',
    what: 'court_certificate',
    take: () => readCertificate(portal.ctx, merchant, id, 'court'),
  },
  'the document, by its signed address': {
    by: 'link_holder',
    what: 'document',
    take: async () => readDocument(portal.ctx, { signature: await documentSignature(), request: requestFrom() }, id),
  },
  'the dossier, by the browser that accepted': {
    by: 'signer',
    what: 'dossier',
    take: () => readOwnDossier(portal.ctx, signer),
  },
  'the document, by the browser that accepted': {
    by: 'signer',
    what: 'document',
    take: () => readOwnDocument(portal.ctx, signer),
  },
  'the certificate, by the browser that accepted': {
    by: 'signer',
    what: 'certificate',
    take: () => readOwnCertificate(portal.ctx, signer),
  },
};

describe.each(Object.entries(ways))('%s', (_, { by, what, take }) => {
  const own = async () => (await rowsOf(id)).find((row) => row.actor === by && row.what === what);

  test('does not leave when it cannot be written that it does', async () => {
    await portal.asOwner('REVOKE INSERT ON file_accesses FROM aceite_app');
    await expect(take()).rejects.toThrow(/permission denied/);
    expect(await own()).toBeUndefined();
    await portal.asOwner('GRANT INSERT ON file_accesses TO aceite_app');
  });

  test('is one row of the day that counts, with who and what', async () => {
    for (const count of [1, 2]) {
      expect(await take()).toMatchObject({ ok: true });
      expect(await own()).toMatchObject({ count, request_id: expect.any(String) });
      expect((await own())?.api_key_id).toBe(by === 'merchant' ? merchant.apiKeyId : null);
    }
  });
});

test('who asks at once is counted each time, in one row', async () => {
  const { session } = await acceptedSession(portal);
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => readEvidence(portal.ctx, merchant, session.signingSessionId)),
  );
  expect(asked.map(({ ok }) => ok)).toEqual(asked.map(() => true));
  expect(await rowsOf(session.signingSessionId)).toMatchObject([{ actor: 'merchant', what: 'evidence', count: 8 }]);
});

test('another day is another row', async () => {
  const { session } = await acceptedSession(portal);
  await readEvidence(portal.ctx, merchant, session.signingSessionId);
  await portal.advanceClock(86_400_000);
  await readEvidence(portal.ctx, merchant, session.signingSessionId);
  expect((await rowsOf(session.signingSessionId)).map(({ count }) => count)).toEqual([1, 1]);
});

test('who is refused is not written down, because nothing has left', async () => {
  const { signingSessionId, token } = await createdSession(portal);
  const other = await openedBy(portal.ctx, token);
  expect(await readOwnDossier(portal.ctx, other)).toMatchObject({ ok: false });
  expect(await readOwnDocument(portal.ctx, other)).toMatchObject({ ok: false });
  expect(await readOwnCertificate(portal.ctx, other)).toMatchObject({ ok: false });
  expect(await readDocument(portal.ctx, merchant, signingSessionId)).toMatchObject({ ok: false });
  for (const read of [readEvidence, readDossier])
    expect(await read(portal.ctx, portal.stranger, signingSessionId)).toMatchObject({ ok: false });
  expect(await rowsOf(signingSessionId)).toEqual([]);
});

describe.each([
  ['another day', `last_at = last_at + interval '1 day', count = count + 1`],
  ['a smaller count', 'count = count - 1'],
  ['another file', `what = 'document', count = count + 1`],
  ['an earlier end', `last_at = first_at - interval '1 millisecond', count = count + 1`],
])('%s', (_, change) => {
  test('is refused to the owner of the tables too', async () => {
    const { session } = await acceptedSession(portal);
    await readEvidence(portal.ctx, merchant, session.signingSessionId);
    await expect(
      portal.asOwner(`UPDATE file_accesses SET ${change} WHERE session_id = $1`, [session.signingSessionId]),
    ).rejects.toThrow(/append-only|check constraint/);
  });
});
