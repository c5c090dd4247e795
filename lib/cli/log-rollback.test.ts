import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { takeBackup } from '#lib/db/backup.ts';
import { openDatabase } from '#lib/db/database.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { requestFrom, sealOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { restorePlace } from '#lib/testing/restore-place.ts';
import { readLogTrouble } from '#lib/usecases/staff/read-log-trouble.ts';
import { growLog } from '#lib/usecases/system/grow-log.ts';
import { signLog } from '#lib/usecases/system/sign-log.ts';
import { readLogKeyFile } from './log-key-file.ts';
import { logMemory } from './log-memory.ts';

/** A database that was really turned back, and the signer of its log with the memory that it really has. */

const place = restorePlace();
let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const keyFile = () => place.at('log.key');
const signedBy = (file: string): number => JSON.parse(readFileSync(`${file}.signed`, 'utf8')).size;

async function growAndSign(): Promise<void> {
  while ((await growLog(portal.ctx)) > 0);
  const signer = { ...readLogKeyFile(keyFile()), ...logMemory(keyFile()) };
  expect(await signLog(portal.ctx, signer)).toMatchObject({ ok: true, isNew: true });
}

async function restoreOldBackup(): Promise<void> {
  vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile);
  expect(await place.restored(place.at('old'), '--skip-dossiers')).toMatchObject({ code: 0, faults: [] });
}

/** What the signer says of the restored database before it ends. */
async function refusalOf(file: string): Promise<string> {
  vi.stubEnv('ACEITE_LOG_KEY_FILE', file);
  const { code, err } = await aceite('log-signer');
  expect(code).toBe(1);
  return err;
}

test('a backup of before the last checkpoint is refused by the signer, and staff of the restored portal are told', async () => {
  vi.stubEnv('ACEITE_LOG_KEY_FILE', keyFile());
  expect(await aceite('log-signer', '--new-key', '--name', 'assinar.example.com/log')).toMatchObject({ code: 0 });
  await acceptedSession(portal);
  await growAndSign();
  const early = signedBy(keyFile());
  await takeBackup({ ownerUrl: portal.ownerUrl, path: place.at('old'), takenAt: new Date(), sign: sealOf(portal) });
  await createdSession(portal);
  await growAndSign();
  await restoreOldBackup();
  const said = await refusalOf(keyFile());
  expect(said).toMatch(/^log_rollback_detected: /);
  expect(said).toContain(`has ${early} entries, and ${signedBy(keyFile())} were signed before`);
  expect(said).toContain('Restore the newest backup');

  const db = openDatabase({ url: place.target.url, connectionsMax: 2, mode: 'sandbox', onIdleError: () => undefined });
  const { workspaceId } = portal.merchant;
  const staff = { userId: 'staff-1', workspaceId, role: 'viewer' as const, request: requestFrom() };
  const told = await readLogTrouble({ ...portal.ctx, db }, staff).finally(() => db.end());
  expect(told).toMatchObject({ ok: true, trouble: { code: 'log_rollback_detected' } });
});

test('a key that takes over from the former one refuses it too, and keeps the name of the log', async () => {
  const newer = place.at('newer.key');
  vi.stubEnv('ACEITE_LOG_KEY_FILE', newer);
  const renamed = await aceite('log-signer', '--new-key', '--replaces', keyFile(), '--name', 'other.example.com/log');
  expect(renamed).toMatchObject({ code: 1, err: expect.stringMatching(/keeps its name/) });
  const forgetful = await aceite('log-signer', '--new-key', '--replaces', place.at('nowhere.key'));
  expect(forgetful).toMatchObject({ code: 1, err: expect.stringMatching(/cannot be read/) });
  expect(await aceite('log-signer', '--replaces', keyFile())).toMatchObject({
    code: 1,
    err: expect.stringMatching(/goes with --new-key/),
  });
  const made = await aceite('log-signer', '--new-key', '--replaces', keyFile());
  expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/assinar\.example\.com\/log\+[0-9a-f]{8}\+/) });
  expect(readFileSync(`${newer}.signed`, 'utf8')).toBe(readFileSync(`${keyFile()}.signed`, 'utf8'));
  expect(readLogKeyFile(newer).key.keyId).not.toBe(readLogKeyFile(keyFile()).key.keyId);
  await restoreOldBackup();
  expect(await refusalOf(newer)).toMatch(/^log_rollback_detected: /);
});
