import { describe, expect, test } from 'vitest';
import { forgeReencode, vaultOf, withoutLaws } from '#lib/testing/forged-reencodes.ts';
import { deliverToRest, deliveryOf } from '#lib/testing/journey.ts';
import { submissionsOf } from '#lib/testing/lender-record.ts';
import { reencodeDesk, takesNothing } from '#lib/testing/reencode-desk.ts';
import { reencode, reencodeWords } from '#lib/testing/reencodes.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { openDeliveryCalls, readDeliveryCalls } from './delivery-calls.ts';

const desk = reencodeDesk();
const { delivered, decide, proposed, findingsOf } = desk;

const bodyAltered = { status: 'PAUSED', reason: 'kept_body_altered' };
const bodyFinding = { code: 'value_altered', table: 'lender_reencodes', column: 'body_sealed' };
const findingAt = (sessionId: string, reencodeId: unknown) => ({
  ...bodyFinding,
  sessionId,
  place: `re-encode ${reencodeId}`,
});

describe('a body that two people seem to have agreed on', () => {
  const hyphen = (body: string) => body.replace('"type":"data_signature"', '"type":"data-signature"');
  const mallory = (body: string) => body.replace('"email":"', '"email":"mallory');

  async function forge(id: string, change: (body: string) => string): Promise<unknown> {
    const told = { type: 'data-signature' };
    await forgeReencode(desk.portal, { sessionId: id, staff: [desk.one, desk.other], told, change });
    const [row] = await desk.portal.asOwner<{ id: string }>(
      'SELECT id FROM lender_reencodes WHERE session_id = $1 ORDER BY proposed_at DESC, id DESC LIMIT 1',
      [id],
    );
    return row?.id;
  }

  test('goes out when it is what they speak of', async () => {
    const { id, debtKey } = await delivered();
    await forge(id, hyphen);
    expect(await deliverToRest(desk.portal, id)).toEqual(['DELIVERED']);
    expect(await submissionsOf(desk.portal, debtKey)).toHaveLength(2);
    expect(await findingsOf(id)).toEqual([]);
  });

  test.each<[string, (body: string) => string]>([
    ['another e-mail address', (body) => mallory(hyphen(body))],
    ['another e-mail address alone', mallory],
    ['a blank between its members', (body) => hyphen(body).replace('{"type"', '{ "type"')],
    [
      'its members in another order',
      (body) => body.replace(/^\{("type":"[^"]+"),(.*)\}$/s, '{$2,"type":"data-signature"}'),
    ],
  ])('never goes out when it has %s, and the audit tells', async (_what, change) => {
    const { id, debtKey } = await delivered();
    const reencodeId = await forge(id, change);
    expect(await deliverToRest(desk.portal, id)).toEqual(['PAUSED']);
    expect(await deliveryOf(desk.portal, id)).toMatchObject(bodyAltered);
    expect(await submissionsOf(desk.portal, debtKey)).toHaveLength(1);
    expect(await findingsOf(id)).toEqual([findingAt(id, reencodeId)]);
  });

  test.each([
    ['since its first body, which is no longer the one that was accepted', 0],
    ['since the body before the last', 1],
  ])('never goes out when it says something else %s', async (_since, kept) => {
    const { id, debtKey } = await delivered(takesNothing);
    await reencode(desk.portal, id, { type: 'data-signature' });
    await deliverToRest(desk.portal, id);
    await reencode(desk.portal, id, { countryCode: '55' });
    await rewriteBodies(id, kept);
    expect(await deliverToRest(desk.portal, id)).toEqual(['PAUSED']);
    expect(await deliveryOf(desk.portal, id)).toMatchObject(bodyAltered);
    expect(await submissionsOf(desk.portal, debtKey)).toHaveLength(2);
    expect(await findingsOf(id)).not.toEqual([]);
  });

  /** All bodies but so many from the first on, each in its own spelling, as the owner of the tables would who holds the session's key. */
  async function rewriteBodies(id: string, kept: number): Promise<void> {
    const vault = await vaultOf(desk.portal, id);
    const rows = await desk.portal.asOwner<{ sealed: Buffer }>(
      `(SELECT replaced_sealed AS sealed FROM lender_reencodes WHERE session_id = $1 ORDER BY proposed_at, id)
        UNION ALL SELECT body_sealed FROM deliveries WHERE session_id = $1`,
      [id],
    );
    await withoutLaws(desk.portal, ['deliveries', 'lender_reencodes'], async () => {
      for (const { sealed } of rows.slice(kept)) {
        const before = vault.open('lender_body', sealed);
        const body = Buffer.from(mallory(before.toString()));
        const values = [id, sha256(before), vault.seal('lender_body', body), sha256(body)];
        for (const [table, column] of [
          ['lender_reencodes', 'replaced'],
          ['lender_reencodes', 'body'],
          ['deliveries', 'body'],
        ])
          await desk.portal.asOwner(
            `UPDATE ${table} SET ${column}_sealed = $3, ${column}_sha256 = $4 WHERE session_id = $1 AND ${column}_sha256 = $2`,
            values,
          );
      }
    });
  }
});

test('a proposal is not approved with the body of another, and the audit tells while it is open', async () => {
  const { id } = await delivered(takesNothing);
  const declined = await proposed(id, { timestamp: 'DD-MM-YYYY HH:MM:SS' });
  await decide(desk.other, id, declined, 'declined');
  const open = await proposed(id, { type: 'data-signature' });
  await withoutLaws(desk.portal, ['lender_reencodes'], () =>
    desk.portal.asOwner(
      `UPDATE lender_reencodes o SET body_sealed = d.body_sealed, body_sha256 = d.body_sha256 FROM lender_reencodes d
        WHERE o.id = $1 AND d.id = $2`,
      [open, declined],
    ),
  );
  expect(await findingsOf(id)).toEqual([findingAt(id, open)]);
  expect(await decide(desk.other, id, open, 'approved')).toEqual({ ok: false, code: 'body_differs' });
  expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'REJECTED' });
});

describe('the page of the calls stands', () => {
  const spoil = (table: 'deliveries' | 'lender_reencodes', id: string, column = 'body_sealed') =>
    withoutLaws(desk.portal, [table], () =>
      desk.portal.asOwner(
        `UPDATE ${table} SET ${column} = set_byte(${column}, 20, (get_byte(${column}, 20) + 1) % 256) WHERE session_id = $1`,
        [id],
      ),
    );

  async function pageOf(id: string, staff = desk.one) {
    const page = await readDeliveryCalls(desk.portal.ctx, staff, id);
    if (!page.ok) throw new Error(page.code);
    return page.calls;
  }

  test.each(['deliveries', 'lender_reencodes'] as const)(
    'when a body of %s no longer opens: the proposal can be ended and not approved',
    async (table) => {
      const { id } = await delivered();
      const open = await proposed(id);
      expect(await pageOf(id)).toMatchObject({ reencode: { open: { changes: { type: 'data-signature' } } } });
      await spoil(table, id);
      const { calls, reencode: own } = await pageOf(id);
      expect([calls.length, own?.form, own?.open?.changes]).toEqual([1, undefined, undefined]);
      expect(own?.open).toMatchObject({ id: open, decisions: ['withdrawn'] });
      expect((await pageOf(id, desk.other)).reencode?.open?.decisions).toEqual(['declined']);
      expect(await decide(desk.other, id, open, 'approved')).toEqual({ ok: false, code: 'body_differs' });
      expect(await decide(desk.one, id, open, 'withdrawn')).toMatchObject({ ok: true });
      const { reencode: ended } = await pageOf(id);
      // What goes out opens still: another spelling of it may be proposed.
      expect([ended?.open, ended?.form !== undefined]).toEqual([undefined, table === 'lender_reencodes']);
    },
  );

  test('when the reason of a proposal no longer opens', async () => {
    const { id } = await delivered();
    await proposed(id);
    await spoil('lender_reencodes', id, 'reason_sealed');
    const { reencode: view } = await pageOf(id);
    expect(view?.open).toMatchObject({ changes: { type: 'data-signature' }, decisions: ['withdrawn'] });
    expect(view?.open).not.toHaveProperty('reason');
  });

  test('without the bytes that no longer open, for whoever may see them', async () => {
    const { id } = await delivered(takesNothing);
    await reencode(desk.portal, id, { type: 'data-signature' });
    await deliverToRest(desk.portal, id);
    await openDeliveryCalls(desk.portal.ctx, desk.one, id, reencodeWords.proposal);
    expect(await pageOf(id)).toMatchObject({ sent: expect.stringContaining('data-signature'), replaced: [{}] });
    await spoil('deliveries', id);
    const { sent, replaced, calls } = await pageOf(id);
    expect([sent, replaced?.length, calls.length]).toEqual([undefined, 1, 2]);
  });
});
