import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sandboxRoots } from '#lib/providers/rfc3161/sandbox-roots.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { doctor } from '#lib/testing/doctor.ts';
import { acceptedSession, deliverToRest, maria } from '#lib/testing/journey.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';

let portal: TestPortal;
let dataDir = '';

beforeAll(async () => {
  portal = await startTestPortal();
  dataDir = await mkdtemp(join(tmpdir(), 'aceite-doctor-'));
});
beforeEach(() => {
  vi.stubEnv('ACEITE_DATA_DIR', dataDir);
  vi.stubEnv('DATABASE_URL', portal.databaseUrl);
  vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile);
  vi.stubEnv('PORT', '1');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await portal.end();
  await rm(dataDir, { recursive: true });
});

describe('settings and place', () => {
  test('all wrong settings are listed, without what they hold, and nothing that needs them is judged', async () => {
    vi.stubEnv('PORT', 'x');
    vi.stubEnv('PORTAL_URL', 'http://loja.example');
    vi.stubEnv('ACEITE_TIME_STAMP_AUTHORITIES', 'a=https://ana:segredo@tsa.example');
    const { code, isWell, out, of } = await doctor();
    expect([code, isWell]).toEqual([1, false]);
    const starting = (name: string) => expect.stringMatching(new RegExp(`^${name} .*Set it to`));
    const named = ['PORT', 'PORTAL_URL', 'ACEITE_TIME_STAMP_AUTHORITIES'].map(starting);
    expect(of('settings')).toMatchObject({ status: 'failed', whatToDo: expect.arrayContaining(named) });
    expect(out).not.toContain('segredo');
    for (const id of ['database', 'lender', 'key-file', 'deliveries']) expect(of(id).status).toBe('not_checked');
    const { out: read } = await aceite('doctor');
    expect(read.match(/^not checked .*The settings could not be read\.$/gm)).toHaveLength(1);
    expect(read).toMatch(/^not checked +The other \d\d: /m);
  });

  test('a key that was not copied whole is a wrong setting', async () => {
    const key = `witness+00000000+B${'A'.repeat(43)}`;
    vi.stubEnv('ACEITE_WITNESSES', `http://127.0.0.1:1 ${key}`);
    const { of } = await doctor();
    expect(of('settings')).toMatchObject({ status: 'failed', whatToDo: [expect.stringContaining(key)] });
    expect(of('witnesses')).toMatchObject({ status: 'failed', sentence: expect.stringContaining('127.0.0.1:1') });
  });

  test('a data folder that others can look into is told, and how to close it', async () => {
    await chmod(dataDir, 0o755);
    const loose = { status: 'warning', whatToDo: [`Run: chmod 700 ${dataDir}`] };
    expect((await doctor()).of('data-folder')).toMatchObject(loose);
    await chmod(dataDir, 0o700);
    expect((await doctor()).of('data-folder')).toMatchObject({ status: 'ok' });
  });

  test('a mail server is named without its password, and said to be of no use to this version', async () => {
    vi.stubEnv('SMTP_URL', 'smtps://ana:segredo@mail.example:465');
    vi.stubEnv('MAIL_FROM', 'contratos@loja.example');
    const { out, of } = await doctor();
    const told = { status: 'warning', sentence: expect.stringMatching(/mail\.example:465.*sends no mail/) };
    expect(of('mail')).toMatchObject({ ...told, whatToDo: [expect.stringMatching(/Do not count on mail/)] });
    expect(out).not.toMatch(/segredo|contratos@/);
    vi.stubEnv('SMTP_URL', '');
    vi.stubEnv('MAIL_FROM', '');
    expect((await doctor()).of('mail')).toMatchObject({
      status: 'ok',
      sentence: expect.stringMatching(/sends no mail/),
    });
  });

  test('people are told one line per check, and below it what to do', async () => {
    const { code, out, err } = await aceite('doctor');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^ok {11}Settings: .*\.$/m);
    expect(out).toMatch(/^FAILED {7}Durability: .*\n {13}→ .*fsync=off/m);
    expect(out).toMatch(/\n\d+ ok, \d+ warnings?, \d+ failed, \d+ not checked\.$/);
  });
});

describe('the database', () => {
  test('that does not answer is named without its password', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://aceite:segredo@127.0.0.1:1/aceite');
    const { code, out, of } = await doctor();
    expect(code).toBe(1);
    expect(of('database')).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/127\.0\.0\.1:1/) });
    expect(of('durability').status).toBe('not_checked');
    expect(out).not.toContain('segredo');
  });

  test('whose owner cannot enter is told', async () => {
    vi.stubEnv('MIGRATION_DATABASE_URL', 'postgres://owner:segredo@127.0.0.1:1/aceite');
    const { out, of } = await doctor();
    const told = { status: 'warning', sentence: expect.stringMatching(/the owner's is not/) };
    expect(of('database')).toMatchObject(told);
    expect(out).not.toContain('segredo');
  });

  test('is not made where there is none', async () => {
    vi.stubEnv('DATABASE_URL', 'embedded');
    vi.stubEnv('ACEITE_DATA_DIR', join(dataDir, 'nowhere'));
    expect((await doctor()).of('database')).toMatchObject({ status: 'failed' });
    expect((await aceite('doctor')).out).toMatch(/There is no data folder/);
  });

  test('that forgets on a power cut is found', async () => {
    const { of } = await doctor();
    expect(of('database')).toMatchObject({ status: 'ok' });
    const faults = [expect.stringContaining('fsync=off'), expect.stringContaining('synchronous_commit=off')];
    expect(of('durability')).toMatchObject({ status: 'failed', whatToDo: faults });
  });

  test('with another migration, a missing one, or of the other mode is found', async () => {
    const [last] = await portal.asOwner<{ name: string; checksum: string; mode: string }>(
      'SELECT * FROM schema_migrations ORDER BY name DESC LIMIT 1',
    );
    await portal.asOwner('UPDATE schema_migrations SET checksum = $1 WHERE name = $2', ['0'.repeat(64), last?.name]);
    expect((await doctor()).of('migrations')).toMatchObject({
      status: 'failed',
      whatToDo: [expect.stringContaining(`${last?.name} is not the one`)],
    });
    await portal.asOwner('DELETE FROM schema_migrations WHERE name = $1', [last?.name]);
    const { of } = await doctor();
    expect(of('migrations')).toMatchObject({ status: 'failed', whatToDo: ['Run: npm run aceite -- migrate'] });
    expect(of('walls').status).toBe('not_checked');
    const back = 'INSERT INTO schema_migrations (name, checksum, mode) VALUES ($1, $2, $3)';
    await portal.asOwner(back, [last?.name, last?.checksum, last?.mode]);
    await portal.asOwner('ALTER TABLE aceite_clock RENAME TO other_clock');
    expect((await doctor()).of('migrations')).toMatchObject({
      status: 'failed',
      whatToDo: [expect.stringMatching(/^Set ACEITE_MODE=production/)],
    });
    await portal.asOwner('ALTER TABLE other_clock RENAME TO aceite_clock');
    expect((await doctor()).of('migrations')).toMatchObject({ status: 'ok' });
  });

  test('whose wall was taken down is found by the name of the wall', async () => {
    await portal.asOwner('ALTER TABLE deliveries NO FORCE ROW LEVEL SECURITY');
    const down = { status: 'failed', sentence: expect.stringContaining('wall of deliveries') };
    expect((await doctor()).of('walls')).toMatchObject(down);
    await portal.asOwner('ALTER TABLE deliveries FORCE ROW LEVEL SECURITY');
    expect((await doctor()).of('walls')).toMatchObject({ status: 'ok' });
  });

  test('that the portal enters as the owner of its tables is told', async () => {
    vi.stubEnv('DATABASE_URL', portal.ownerUrl);
    const told = (await doctor()).of('walls');
    expect(told).toMatchObject({ status: 'warning', sentence: expect.stringMatching(/as aceite_owner, the owner/) });
  });

  test('with too little room for a web and a worker is told', async () => {
    const name = new URL(portal.ownerUrl).pathname.slice(1);
    await portal.asOwner(`ALTER DATABASE ${name} CONNECTION LIMIT 30`);
    const tight = { status: 'warning', sentence: expect.stringMatching(/room for 30 connections/) };
    expect((await doctor()).of('connections')).toMatchObject(tight);
    await portal.asOwner(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
    expect((await doctor()).of('connections')).toMatchObject({ status: 'ok' });
  });

  test.each([
    [3_000, 'warning'],
    [-8_000, 'failed'],
    [0, 'ok'],
  ])("whose clock is %i ms from this machine's is %s", async (ms, status) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
    expect((await doctor()).of('clock').status).toBe(status);
  });
});

describe('what runs by itself', () => {
  test('a delivery that nobody fetches, that is paused, or that needs somebody is found', async () => {
    const { session } = await acceptedSession(portal);
    expect((await doctor()).of('deliveries')).toMatchObject({ status: 'ok' });
    await portal.advanceClock(600_000);
    const told = async () => (await doctor()).of('deliveries');
    expect(await told()).toMatchObject({ status: 'failed', whatToDo: ['Start a worker: npm run aceite -- worker'] });
    const setTo = async (...statuses: string[]) => {
      const change = `UPDATE deliveries SET status = $1, lease_until = CASE WHEN $1 = 'SENDING' THEN aceite_now() END,
        next_attempt_at = CASE WHEN $1 <> 'PAUSED' THEN aceite_now() END WHERE session_id = $2`;
      for (const status of statuses) await portal.asOwner(change, [status, session.signingSessionId]);
    };
    await setTo('SENDING', 'NEEDS_ATTENTION');
    expect(await told()).toMatchObject({
      status: 'failed',
      sentence: expect.stringMatching(/NEEDS_ATTENTION 1, the oldest for 10 minutes/),
    });
    await setTo('SENDING', 'PAUSED');
    expect(await told()).toMatchObject({
      status: 'failed',
      sentence: expect.stringContaining(`paused: ${session.signingSessionId}, without a code of the lender.`),
    });
    const { session: refused } = await acceptedSession(portal, {
      signerDetails: { ...maria, identity: '10000000795' },
    });
    expect(await deliverToRest(portal, refused.signingSessionId)).toEqual(['PAUSED']);
    expect(await told()).toMatchObject({
      sentence: expect.stringMatching(
        new RegExp(`PAUSED 2.*paused: ${refused.signingSessionId}, which .* with [A-Z]+\\d+\\.`),
      ),
      whatToDo: [expect.stringContaining('"Deliveries that need somebody"')],
    });
  });

  test('events that the log does not take in, and a signer that refuses, are found', async () => {
    await portal.advanceClock(3_600_000);
    const late = { status: 'failed', whatToDo: ['Start a worker: npm run aceite -- worker'] };
    expect((await doctor()).of('log')).toMatchObject(late);
    await logKeeper(portal).publish();
    expect((await doctor()).of('log')).toMatchObject({ status: 'ok' });
    await portal.asOwner("INSERT INTO log_refusals (code, size, signed) VALUES ('log_rewritten', 1, 2)");
    expect((await doctor()).of('log')).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/refuses/) });
    await portal.asOwner('DELETE FROM log_refusals');
  });

  test('a time stamp that is owed for hours is found, and one from the future', async () => {
    const [checkpoint] = await portal.asOwner<{ size: string }>('SELECT size FROM log_checkpoints LIMIT 1');
    const values = [checkpoint?.size];
    await portal.asOwner('INSERT INTO log_stamp_rounds (size) VALUES ($1)', values);
    await portal.asOwner("INSERT INTO log_stamp_queue (authority, size) VALUES ('sandbox-a', $1)", values);
    await portal.advanceClock(3 * 3_600_000);
    const { of } = await withAuthorities();
    expect(of('owed-time-stamps')).toMatchObject({
      status: 'failed',
      sentence: expect.stringMatching(/sandbox-a owes 1/),
    });
    expect(of('time-stamps')).toMatchObject({
      status: 'failed',
      sentence: expect.stringMatching(/sandbox-b gave no stamp/),
    });
    await portal.asOwner(
      `INSERT INTO log_time_stamps (size, authority, response, stamped_at)
       VALUES ($1, 'sandbox-a', decode(repeat('30', 400), 'hex'), aceite_now() + interval '1 hour')`,
      values,
    );
    expect((await withAuthorities()).of('stamped-clock')).toMatchObject({ status: 'failed' });
  });

  test('a drill that failed is found, and one that is days old', async () => {
    expect((await doctor()).of('drill')).toMatchObject({ status: 'not_checked' });
    const run = (failed: number) =>
      portal.asOwner(
        'INSERT INTO drill_runs (id, started_at, ended_at, checked, failed) VALUES (gen_random_uuid(), aceite_now(), aceite_now(), 3, $1)',
        [failed],
      );
    await run(1);
    expect((await doctor()).of('drill')).toMatchObject({
      status: 'failed',
      sentence: expect.stringMatching(/3 dossiers.* 1 /),
    });
    await portal.advanceClock(1_000);
    await run(0);
    expect((await doctor()).of('drill')).toMatchObject({ status: 'ok' });
    await portal.advanceClock(4 * 86_400_000);
    expect((await doctor()).of('drill')).toMatchObject({ status: 'warning' });
  });

  test('a backup that nobody took is missed', async () => {
    const told = { status: 'warning', whatToDo: [expect.stringContaining('npm run aceite -- backup <file>')] };
    expect((await doctor()).of('backups')).toMatchObject(told);
  });
});

/** The sandbox's own, whose roots its lender's process would have made. */
async function withAuthorities() {
  const file = join(dataDir, 'time-stamp-roots.pem');
  await sandboxRoots({ folder: dataDir, names: ['sandbox-a', 'sandbox-b'], file });
  return doctor();
}
