import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ChainLink,
  chainOf,
  dayMs,
  declinedSession,
  isErased,
  passThroughCustody,
  rejectedSession,
  rowsOf,
  signedSession,
  standAfterDate,
  unreadSession,
} from '#lib/testing/keeping.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { keepAndErase } from './keep-and-erase.ts';

/** Nothing goes before its date, and afterwards by one way alone: tried as every role, with every statement that could make it go. */

const roles = ['aceite_owner', 'aceite_app', 'aceite_worker', 'aceite_retention'] as const;

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(async () => {
  await portal.asOwner('RESET ROLE');
  await portal.end();
});

const holding = [
  'session_keys',
  'contracts',
  'signer_details',
  'acceptances',
  'blind_indexes',
  'events',
  'deliveries',
  'delivery_attempts',
  'certificates',
  'legal_holds',
  'staff_accesses',
];

const statements = (id: string) => [
  ...holding.flatMap((table) => [`DELETE FROM ${table} WHERE session_id = '${id}'`, `TRUNCATE ${table} CASCADE`]),
  `DELETE FROM signing_sessions WHERE id = '${id}'`,
  `UPDATE contracts SET text_sealed = '' WHERE session_id = '${id}'`,
  `UPDATE events SET private_sealed = NULL, salt_sealed = NULL, salt = NULL WHERE session_id = '${id}'`,
  `UPDATE deliveries SET body_sealed = NULL, body_sha256 = NULL, lender_words_sealed = NULL WHERE session_id = '${id}'`,
  `UPDATE delivery_attempts SET reply_sealed = NULL WHERE session_id = '${id}'`,
  `UPDATE certificates SET pdf_sealed = '' WHERE session_id = '${id}'`,
  `UPDATE legal_holds SET reason_sealed = NULL, lift_reason_sealed = NULL WHERE session_id = '${id}'`,
  `UPDATE staff_accesses SET reason_sealed = NULL WHERE session_id = '${id}'`,
  `UPDATE signing_sessions SET erased_at = aceite_now() WHERE id = '${id}'`,
  `UPDATE signing_sessions SET erased_at = NULL WHERE id = '${id}'`,
  `UPDATE signing_sessions SET keep_until = closed_at + interval '1 day' WHERE id = '${id}'`,
  `UPDATE signing_sessions SET keep_until = keep_until - interval '1 second' WHERE id = '${id}'`,
  `INSERT INTO tombstones SELECT id, workspace_id, 'E1', 'term_over', NULL, aceite_now(), aceite_now(), contract_sha256, 1, contract_sha256,
     contract_sha256, '{}' FROM signing_sessions WHERE id = '${id}'`,
  `DELETE FROM tombstones WHERE session_id = '${id}'`,
];

const unopposed = 'nothing was said against it';

async function outcomeAs(role: string, sql: string): Promise<string> {
  await portal.asOwner(`SET ROLE ${role}`);
  const outcome = await portal.asOwner<{ standing?: string }>(sql).then(
    ([row]) => row?.standing ?? unopposed,
    (error: Error) => error.message,
  );
  await portal.asOwner('RESET ROLE');
  return outcome;
}

/** The statements, with who may do them, after which a row of the session was another. */
async function breaches(id: string): Promise<string[]> {
  const whole = await rowsOf(portal, id);
  const through: string[] = [];
  for (const role of roles)
    for (const sql of statements(id)) {
      const outcome = await outcomeAs(role, sql);
      // A statement that fails changes nothing, so it needs no look at the rows; one at the end is for all of those.
      if (outcome === unopposed && (await rowsOf(portal, id)) !== whole) through.push(`${role}: ${sql}`);
    }
  if (through.length === 0 && (await rowsOf(portal, id)) !== whole) through.push('a statement that failed');
  return through;
}

const callTheFunction = (role: string, id: string) =>
  outcomeAs(role, `SELECT erase_session('${id}', NULL) AS standing`);

async function wellKnownSession(): Promise<string> {
  const id = await signedSession(portal);
  await passThroughCustody(portal, id);
  for (const table of holding) {
    const rows = await portal.asOwner(`SELECT FROM ${table} WHERE session_id = $1`, [id]);
    if (rows.length === 0) throw new Error(`there is nothing to lose in ${table}`);
  }
  return id;
}

describe.each([
  ['a signed session', 'E1', () => signedSession(portal)],
  ['a signed session that has its certificate and that staff have taken and held', 'E1', wellKnownSession],
  ['a signed session of a long debt', 'E1', () => signedSession(portal, { finalDueDate: '2049-12-31' })],
  ['a session that the lender refused', 'E1', () => rejectedSession(portal)],
  ['a declined session', 'E2', () => declinedSession(portal)],
  ['a session that nobody opened', 'E3', () => unreadSession(portal)],
])('%s', (_, kind, make) => {
  let id: string;
  let chain: ChainLink[];
  let whole: string;
  beforeAll(async () => {
    id = await make();
    chain = await chainOf(portal, id);
    whole = await rowsOf(portal, id);
  });

  test('stays whole one day before its date, whoever tries', async () => {
    await standAfterDate(portal, id, -dayMs);
    expect(await breaches(id)).toEqual([]);
    for (const role of roles) expect(await callTheFunction(role, id)).toMatch(/^kept$|permission denied/);
    await keepAndErase(portal.ctx);
    expect(await rowsOf(portal, id)).toBe(whole);
  });

  test('stays whole after its date too, but for the one function, which is of one role', async () => {
    await standAfterDate(portal, id, dayMs);
    expect(await breaches(id)).toEqual([]);
    for (const role of ['aceite_app', 'aceite_worker'])
      expect(await callTheFunction(role, id)).toMatch(/permission denied/);
    expect(await rowsOf(portal, id)).toBe(whole);
  });

  test('is erased by the next run, once, and leaves its chain as it was and a tombstone', async () => {
    expect((await keepAndErase(portal.ctx)).standings.erased).toBe(1);
    expect(await isErased(portal, id)).toBe(true);
    expect((await keepAndErase(portal.ctx)).standings.erased).toBeUndefined();
    const after = await chainOf(portal, id);
    expect(after.slice(0, -1)).toEqual(chain);
    const last = chain.at(-1);
    expect(after.at(-1)).toMatchObject({ type: 'erased', prev_hash: last?.hash });
    const [stone] = await portal.asOwner('SELECT * FROM tombstones WHERE session_id = $1', [id]);
    expect(stone).toMatchObject({ class: kind, rule: 'term_over', chain_length: chain.length, chain_head: last?.hash });
    expect(stone).toMatchObject({ event_hash: after.at(-1)?.hash, rows: { contracts: 1, session_keys: 1 } });
  });

  test('stays erased, and what is left of it cannot be touched either', async () => {
    expect(await breaches(id)).toEqual([]);
    expect(await callTheFunction('aceite_retention', id)).toBe('erased');
  });
});
