import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formRefusals } from '#lib/domain/reencode.ts';
import { isErased, rejectedSession, signedSession, standAfterDate } from '#lib/testing/keeping.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { reencode, staffMember } from '#lib/testing/reencodes.ts';

/** The bytes of a delivery change in one way alone, whoever tries another: the owner of the tables, and the role that proposes and approves. */

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  await staffMember(portal, 'proposer', 'admin');
  await staffMember(portal, 'approver', 'admin');
});
afterAll(async () => {
  await portal.asOwner('RESET ROLE');
  await portal.end();
});

/** What the statement did, or how it was refused. */
async function attempt(role: string, sql: string, values: readonly unknown[]): Promise<string> {
  await portal.asOwner(`SET ROLE ${role}`);
  const outcome = await portal.asOwner(sql, values).then(
    () => 'done',
    (error: Error) => error.message,
  );
  await portal.asOwner('RESET ROLE');
  return outcome;
}

const bytesOf = (id: string) =>
  portal.asOwner('SELECT body_sealed, body_sha256, status FROM deliveries WHERE session_id = $1', [id]);

const proposing = (changes: Partial<Record<'body' | 'text' | 'replaced' | 'hash' | 'outcome', string>> = {}) => `
  INSERT INTO lender_reencodes (id, session_id, workspace_id, proposed_by, reason_sealed, raw_text_sha256, replaced_sealed, replaced_sha256,
    body_sealed, body_sha256, outcome, decided_by, decided_at, decision_sealed)
  SELECT gen_random_uuid(), d.session_id, d.workspace_id, 'proposer', 'x', ${changes.text ?? 's.contract_sha256'},
    ${changes.replaced ?? 'd.body_sealed'}, ${changes.hash ?? 'd.body_sha256'}, 'y', ${changes.body ?? `sha256('y')`},
    ${changes.outcome ?? 'NULL, NULL, NULL, NULL'}
  FROM deliveries d JOIN signing_sessions s ON s.id = d.session_id WHERE d.session_id = $1`;

const deciding = (outcome: string, by: string) =>
  `UPDATE lender_reencodes SET outcome = '${outcome}', decided_by = '${by}', decided_at = aceite_now(), decision_sealed = 'z' WHERE session_id = $1`;

describe.each(['aceite_app', 'aceite_owner'])('as %s', (role) => {
  test('approving a proposal of somebody else queues the delivery with exactly its bytes', async () => {
    const id = await rejectedSession(portal);
    expect(await attempt(role, proposing(), [id])).toBe('done');
    expect(await attempt(role, deciding('approved', 'approver'), [id])).toBe('done');
    expect(await bytesOf(id)).toMatchObject([{ body_sealed: Buffer.from('y'), status: 'QUEUED' }]);
  });

  test.each([
    [
      'without a proposal',
      "UPDATE deliveries SET status = 'QUEUED', next_attempt_at = aceite_now(), body_sealed = 'y' WHERE session_id = $1",
      /permission denied|made once/,
    ],
    [
      'by their hash alone',
      "UPDATE deliveries SET body_sha256 = sha256('y') WHERE session_id = $1",
      /permission denied|made once/,
    ],
    [
      'with a proposal that says it was approved',
      proposing({ outcome: "'approved', 'approver', aceite_now(), 'z'" }),
      /append-only/,
    ],
    ['with a proposal for another text', proposing({ text: "sha256('another')" }), /no delivery was rejected/],
    ['with a proposal that replaces other bytes', proposing({ replaced: "'x'" }), /no delivery was rejected/],
    [
      'with a proposal that replaces bytes of another hash',
      proposing({ hash: "sha256('x')" }),
      /no delivery was rejected/,
    ],
    ['with a proposal of the same bytes', proposing({ body: 'd.body_sha256' }), /violates check constraint/],
  ])('the bytes stay: %s', async (_what, sql, refusal) => {
    const id = await rejectedSession(portal);
    const before = await bytesOf(id);
    expect(await attempt(role, sql, [id])).toMatch(refusal);
    expect(await bytesOf(id)).toEqual(before);
  });

  test.each([
    ['approved by whoever proposed it', deciding('approved', 'proposer'), /decided_by_another/],
    [
      'approved with other bytes',
      deciding('approved', 'approver').replace('WHERE', ", body_sealed = 'w' WHERE"),
      /permission denied|append-only/,
    ],
    ['withdrawn by anybody else', deciding('withdrawn', 'approver'), /decided_by_another/],
  ])('a proposal is not %s', async (_what, sql, refusal) => {
    const id = await rejectedSession(portal);
    await attempt(role, proposing(), [id]);
    const before = await bytesOf(id);
    expect(await attempt(role, sql, [id])).toMatch(refusal);
    expect(await bytesOf(id)).toEqual(before);
  });

  test('a decision is the last', async () => {
    const id = await rejectedSession(portal);
    await attempt(role, proposing(), [id]);
    expect(await attempt(role, deciding('declined', 'approver'), [id])).toBe('done');
    expect(await attempt(role, deciding('approved', 'approver'), [id])).toMatch(/append-only/);
  });

  test.each([
    ['DELIVERED', () => signedSession(portal)],
    [
      'in doubt',
      async () => {
        const id = await rejectedSession(portal);
        await portal.asOwner('UPDATE deliveries SET was_ambiguous = true WHERE session_id = $1', [id]);
        return id;
      },
    ],
    [
      'rejected for another reason',
      async () => {
        const id = await rejectedSession(portal);
        await portal.asOwner("UPDATE deliveries SET reason = 'status_404' WHERE session_id = $1", [id]);
        return id;
      },
    ],
  ])('nothing is proposed for a delivery that is %s', async (_what, make) => {
    expect(await attempt(role, proposing(), [await make()])).toMatch(/no delivery was rejected/);
  });

  test('one proposal is open at a time, and bytes that were refused do not come back', async () => {
    const id = await rejectedSession(portal);
    await attempt(role, proposing(), [id]);
    expect(await attempt(role, proposing({ body: "sha256('v')" }), [id])).toMatch(/one_open_reencode/);
    await attempt(role, deciding('approved', 'approver'), [id]);
    await portal.asOwner("UPDATE deliveries SET status = 'SENDING', lease_until = aceite_now() WHERE session_id = $1", [
      id,
    ]);
    await portal.asOwner(
      "UPDATE deliveries SET status = 'REJECTED', reason = 'status_400', next_attempt_at = NULL WHERE session_id = $1",
      [id],
    );
    const first = '(SELECT r.replaced_sha256 FROM lender_reencodes r WHERE r.session_id = d.session_id)';
    expect(await attempt(role, proposing({ body: first }), [id])).toMatch(/refused this body before/);
  });
});

test.each(formRefusals)('the table takes a proposal after %s, as the rule says', async (reason) => {
  const id = await rejectedSession(portal);
  await portal.asOwner('UPDATE deliveries SET reason = $2 WHERE session_id = $1', [id, reason]);
  expect(await attempt('aceite_app', proposing(), [id])).toBe('done');
});

test('another workspace sees no proposal and decides none', async () => {
  const id = await rejectedSession(portal);
  await reencode(portal, id, { type: 'data-signature' }, 'left open');
  await portal.asOwner('SET ROLE aceite_app');
  const { workspaceId } = portal.stranger;
  expect(await portal.asOwner('SELECT FROM lender_reencodes', [], workspaceId)).toEqual([]);
  await portal.asOwner(deciding('approved', 'approver'), [id], workspaceId);
  await portal.asOwner('RESET ROLE');
  expect(await bytesOf(id)).toMatchObject([{ status: 'REJECTED' }]);
});

test('erasing takes the bodies, the words and the hashes along', async () => {
  const id = await rejectedSession(portal);
  await reencode(portal, id, { type: 'data-signature' }, 'declined');
  await standAfterDate(portal, id, 0);
  await portal.asOwner('SELECT erase_session($1, NULL)', [id]);
  expect(await isErased(portal, id)).toBe(true);
  expect(await portal.asOwner('SELECT FROM lender_reencodes WHERE session_id = $1', [id])).toEqual([]);
  const kept = 'SELECT FROM delivery_attempts WHERE session_id = $1 AND body_sha256 IS NOT NULL';
  expect(await portal.asOwner(kept, [id])).toEqual([]);
});
