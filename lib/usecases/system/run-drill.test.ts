import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { aceite } from '#lib/testing/command-line.ts';
import { acceptedSession, createdSession, deliverToRest, openedBy } from '#lib/testing/journey.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { StaffActor } from '../context.ts';
import { makeCertificates } from '../evidence/make-certificate.ts';
import { declineContract } from '../signer/decline-contract.ts';
import { readLastDrill } from '../staff/read-last-drill.ts';
import { drillFigures } from './drill-figures.ts';
import { runDrill, runDrillWhenDue } from './run-drill.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-drill-'));
let portal: TestPortal;
let keeper: LogKeeper;
let signed: string;
beforeAll(async () => {
  portal = await startTestPortal();
  keeper = logKeeper(portal);
});
afterAll(async () => {
  await portal.end();
  rmSync(folder, { recursive: true });
});

const hourMs = 3_600_000;

function staffOf(workspaceId: string): StaffActor {
  return { userId: 'staff-1', workspaceId, role: 'viewer', request: requestFrom() };
}

async function shown(workspaceId = portal.merchant.workspaceId) {
  const result = await readLastDrill(portal.ctx, staffOf(workspaceId));
  if (!result.ok) throw new Error(result.code);
  return result.drill;
}

test('while nothing is settled no drill is held, and none is shown', async () => {
  await createdSession(portal);
  expect(await runDrill(portal.ctx)).toBeUndefined();
  expect(await shown()).toBeUndefined();
  expect(await drillFigures(portal.ctx)).toBeUndefined();
});

describe('with sessions that are settled', () => {
  beforeAll(async () => {
    const { session } = await acceptedSession(portal);
    signed = session.signingSessionId;
    await deliverToRest(portal, signed);
    const { token } = await createdSession(portal);
    await declineContract(portal.ctx, await openedBy(portal.ctx, token), { reason: '' });
    await acceptedSession(portal);
  });

  test('one whose proof is still to come is given an hour', async () => {
    expect(await runDrill(portal.ctx)).toEqual({ checked: 2, failed: [] });
    await portal.advanceClock(hourMs);
    const late = await runDrill(portal.ctx);
    expect(late).toMatchObject({ checked: 2, failed: [{ verdict: 'VALID_INTERIM' }, { verdict: 'VALID_INTERIM' }] });
  });

  test('all verify once they are proved, and staff and figures tell so', async () => {
    await keeper.publish();
    await makeCertificates(portal.ctx);
    await portal.advanceClock(hourMs);
    expect(await runDrill(portal.ctx)).toEqual({ checked: 2, failed: [] });
    expect(await shown()).toEqual({ at: expect.any(String), checked: 2, failed: 0, failedSessions: [] });
    expect(await drillFigures(portal.ctx)).toMatchObject({ checked: 2, failed: 0 });
  });

  test('a day passes between two, however many workers look', async () => {
    expect(await runDrillWhenDue(portal.ctx)).toBeUndefined();
    await portal.advanceClock(23 * hourMs);
    expect(await runDrillWhenDue(portal.ctx)).toMatchObject({ checked: 2 });
    expect(await runDrillWhenDue(portal.ctx)).toBeUndefined();
  });
});

describe('evidence that was changed by the owner', () => {
  const change = async (sql: string) => {
    await portal.asOwner('ALTER TABLE acceptances DISABLE TRIGGER append_only');
    await portal.asOwner('ALTER TABLE signing_sessions DISABLE TRIGGER guard_change');
    await portal.asOwner(sql, [signed]);
  };

  beforeEach(() => {
    vi.stubEnv('DATABASE_URL', portal.databaseUrl);
    vi.stubEnv('MIGRATION_DATABASE_URL', portal.ownerUrl);
    vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile);
    vi.stubEnv('ACEITE_DATA_DIR', folder);
    vi.stubEnv('ACEITE_TIME_STAMP_AUTHORITIES', 'none');
    return () => vi.unstubAllEnvs();
  });

  test('fails with the checks that did not hold, and only its own workspace is told which session it is', async () => {
    await change("UPDATE signing_sessions SET merchant_legal_name = 'Outra Ltda.' WHERE id = $1");
    const { merchant, stranger, ctx } = portal;
    const result = await runDrill(ctx);
    const workspaceId = merchant.workspaceId;
    const checks = expect.arrayContaining(['commits']);
    expect(result?.failed).toEqual([{ sessionId: signed, workspaceId, verdict: 'TAMPERED', checks }]);
    expect(await shown()).toMatchObject({ checked: 2, failed: 1, failedSessions: [signed] });
    const others = await shown(stranger.workspaceId);
    expect(others).toMatchObject({ checked: 2, failed: 1, failedSessions: [] });
  });

  test('that lets no dossier be made fails too, and the command says so', async () => {
    await change("UPDATE acceptances SET record_sha256 = sha256('x') WHERE session_id = $1");
    expect((await runDrill(portal.ctx))?.failed).toMatchObject([{ verdict: 'not_built' }]);
    vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', keeper.verifierKey);
    const { code, out, err } = await aceite('drill');
    expect(err).toBe('');
    expect(out).toMatch(new RegExp(`^not_built: session ${signed}`));
    expect(code).toBe(10);
  });
});
