import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Forgery, forgeBackup } from '#lib/testing/backup-file.ts';
import { createEmptyTestDatabase } from '#lib/testing/database.ts';
import { contentsOf, lawsOf } from '#lib/testing/database-contents.ts';
import { acceptedSession, draftedSession } from '#lib/testing/journey.ts';
import { sealOf, startTestPortal } from '#lib/testing/portal.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';
import { takeBackup } from './backup.ts';
import { restoreBackup } from './restore.ts';

/** Stays empty, whatever is refused: one for all tests, made anew behind one that failed. */
let target: TestDatabase;
let folder: string;
let backup: string;

beforeAll(async () => {
  target = await createEmptyTestDatabase();
  const portal = await startTestPortal();
  folder = mkdtempSync(join(tmpdir(), 'aceite-restore-refused-'));
  await acceptedSession(portal);
  await draftedSession(portal);
  backup = join(folder, 'whole');
  await takeBackup({ ownerUrl: portal.ownerUrl, path: backup, takenAt: new Date(), sign: sealOf(portal) });
  await portal.end();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await target.drop();
  target = await createEmptyTestDatabase();
});
afterAll(async () => {
  await target.drop();
  rmSync(folder, { recursive: true });
});

const restored = (path = backup) => restoreBackup({ path, ownerUrl: target.ownerUrl, mode: 'sandbox', build: 'b' });

describe('refused, with the database left empty:', () => {
  const path = () => join(folder, 'broken');
  const forge = (change: (lines: string[]) => string[]) => forgeBackup(backup, path(), change);
  const rowsOf = (lines: string[], table: string) => {
    const heading = lines.findIndex((line) => line.startsWith(`{"table":"${table}"`));
    const next = lines.findIndex((line, place) => place > heading && line.startsWith('{'));
    return { heading, next };
  };

  async function expectRefusal(code: string, message = /Nothing was restored|Nothing was changed/): Promise<void> {
    await expect(restored(path())).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await contentsOf(target.ownerUrl)).toEqual({});
    expect(await lawsOf(target.ownerUrl)).toEqual([]);
  }

  test.each([0, 1, 0.2, 0.9, 0.999])('a file that ends early (%d)', async (share) => {
    const bytes = readFileSync(backup);
    const kept = share === 1 ? bytes.length - 1 : Math.floor(bytes.length * share);
    writeFileSync(path(), bytes.subarray(0, kept));
    await expectRefusal(share === 0 ? 'not_a_backup' : 'cut', /./);
  });

  test('a file that ends early at the end of a line', async () => {
    const lines = readFileSync(backup, 'utf8').split('\n');
    writeFileSync(path(), `${lines.slice(0, -5).join('\n')}\n`);
    await expectRefusal('cut');
  });

  test('one flipped bit anywhere', async () => {
    const bytes = readFileSync(backup);
    for (let step = 0; step < 40; step += 1) {
      const flipped = Buffer.from(bytes);
      const place = Math.floor(((step + 0.5) * bytes.length) / 40);
      flipped[place] = (bytes[place] ?? 0) ^ (1 << (step % 8));
      writeFileSync(path(), flipped);
      await expect(restored(path()), `byte ${place}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:damaged|cut|not_a_backup)$/),
      });
    }
    expect(await contentsOf(target.ownerUrl)).toEqual({});
  });

  test('something behind the end', async () => {
    writeFileSync(path(), `${readFileSync(backup, 'utf8')}[]\n`);
    await expectRefusal('cut');
  });

  test.each(['', '\n', 'PGDMP', '{}', '{"format":"aceite-backup-2"}\n', `${'x'.repeat(100_000)}\n`])(
    'a file that is no backup (%#)',
    async (text) => {
      writeFileSync(path(), text);
      await expectRefusal(text === 'PGDMP' || text === '{}' ? 'cut' : 'not_a_backup', /./);
    },
  );

  test('lines in another order', async () => {
    const lines = readFileSync(backup, 'utf8').split('\n');
    const { heading } = rowsOf(lines, 'events');
    writeFileSync(
      path(),
      lines
        .with(heading + 1, lines[heading + 2] ?? '')
        .with(heading + 2, lines[heading + 1] ?? '')
        .join('\n'),
    );
    await expectRefusal('damaged');
    forge((all) => all.with(heading + 1, all[heading + 2] ?? '').with(heading + 2, all[heading + 1] ?? ''));
    await expectRefusal('not_equal');
  });

  test('tables in another order than their keys allow', async () => {
    forge((lines) => {
      const { heading, next } = rowsOf(lines, 'workspaces');
      const table = lines.splice(heading, next - heading);
      return [...lines, ...table];
    });
    await expectRefusal('not_loadable', /foreign key/);
  });

  test.each(['signing_sessions', 'workspaces'])('rows of %s that are missing and pointed to', async (table) => {
    forge((lines) => {
      const { heading, next } = rowsOf(lines, table);
      return lines.toSpliced(heading + 1, next - heading - 1);
    });
    await expectRefusal('not_loadable', /foreign key/);
  });

  test.each([
    ['other rows', (sum: { rows: number }) => ({ rows: sum.rows + 1 })],
    ['other bytes', () => ({ sha256: 'ab'.repeat(32) })],
  ])('sums of %s than there are, sealed again', async (_what, change) => {
    const changeSums: Forgery['changeSums'] = ([first, ...others]) =>
      first ? [{ ...first, ...change(first) }, ...others] : [];
    forgeBackup(backup, path(), (lines) => lines, { changeSums });
    await expectRefusal('not_equal');
  });

  test('sums of more tables than there are, sealed again', async () => {
    forgeBackup(backup, path(), (lines) => lines, {
      changeSums: (sums) => [...sums, { table: 'more', rows: 0, sha256: 'ab'.repeat(32) }],
    });
    await expectRefusal('other_tables');
  });

  test.each([
    [
      'without a table',
      (lines: string[]) =>
        lines.toSpliced(
          rowsOf(lines, 'drafts').heading,
          rowsOf(lines, 'drafts').next - rowsOf(lines, 'drafts').heading,
        ),
    ],
    ['with a table twice', (lines: string[]) => [...lines, lines[rowsOf(lines, 'drafts').heading] ?? '']],
    ['with a table of its own', (lines: string[]) => [...lines, '{"table":"pg_authid","columns":["rolname"]}']],
    ['without a column', (lines: string[]) => lines.map((line) => line.replace('"language",', ''))],
    [
      'with SQL for a column',
      (lines: string[]) =>
        lines.map((line) => line.replace('"columns":["id","name"', '"columns":["id","name\\") SELECT 1; --"')),
    ],
    ['without a sequence', (lines: string[]) => lines.filter((line) => !line.startsWith('{"sequence":"events'))],
    ['with a sequence of its own', (lines: string[]) => [...lines, '{"sequence":"x","lastValue":"1","isCalled":true}']],
    ['with a line of its own', (lines: string[]) => [...lines, '{"sql":"DROP TABLE events"}']],
    ['with a row before any table', (lines: string[]) => lines.toSpliced(1, 0, '["1"]')],
  ])('a file %s, sealed again', async (_what, change) => {
    forge(change);
    await expectRefusal('other_tables', /does not hold what its migrations make/);
  });

  test.each([
    ['of no uuid', (line: string) => line.replace(/^\["[^"]*"/, '["x"')],
    ['of no JSON', (line: string) => line.slice(0, -1)],
    ['twice', (line: string) => `${line}\n${line}`],
    ['that breaks a check', (line: string) => line.replace('"pt-BR"', '"fr"')],
  ])('a row %s, sealed again', async (_what, change) => {
    forge((lines) => {
      const { heading } = rowsOf(lines, 'workspaces');
      return lines.with(heading + 1, change(lines[heading + 1] ?? '')).flatMap((line) => line.split('\n'));
    });
    await expectRefusal('not_loadable', /rows of workspaces cannot be loaded/);
  });

  test.each([
    ['that this version does not have', (header: string) => header.replace(/0002_delivery/, '0002_other')],
    ['that is another here', (header: string) => header.replace(/("0003_staff","checksum":")[^"]{8}/, '$1deadbeef')],
    [
      'too many',
      (header: string) =>
        header.replace('],"wrapping', `,{"name":"9999_later","checksum":"${'0'.repeat(64)}"}],"wrapping`),
    ],
  ])('a migration %s', async (_what, change) => {
    forge(([header = '', ...lines]) => [change(header), ...lines]);
    await expectRefusal('other_migrations', /Restore it with the version that took it/);
  });

  test('the other mode', async () => {
    const production = restoreBackup({ path: backup, ownerUrl: target.ownerUrl, mode: 'production', build: 'b' });
    await expect(production).rejects.toMatchObject({
      code: 'wrong_mode',
      message: expect.stringMatching(/sandbox mode/),
    });
    forge(([header = '', ...lines]) => [header.replace('"sandbox"', '"production"'), ...lines]);
    await expectRefusal('wrong_mode');
    // Whoever changes the word in the file has tables of the other mode in it.
    const forged = restoreBackup({ path: path(), ownerUrl: target.ownerUrl, mode: 'production', build: 'b' });
    await expect(forged).rejects.toMatchObject({ code: 'other_tables' });
    expect(await contentsOf(target.ownerUrl)).toEqual({});
  });
});
