import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '#lib/db/database.ts';
import { formatVerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { aceite, commandPlace } from '#lib/testing/command-line.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { sayOnce } from '#lib/usecases/system/say-once.ts';

const place = commandPlace();

const logKey = (seed: number) =>
  formatVerifierKey(verifierKey('assinar.example.com/log', 1, noteSigner(seed).publicKey));

/** As whoever writes into the database can. */
async function say(statement: Parameters<typeof sayOnce>[1]): Promise<void> {
  const db = openDatabase({ url: place.database.url, connectionsMax: 1, onIdleError: () => undefined });
  await sayOnce({ db }, statement).finally(() => db.end());
}

test('the trust file names the seals of the key file, the keys of the log, and the roots of its authorities', async () => {
  const first = JSON.parse((await aceite('trust')).out);
  expect(first).toMatchObject({ version: 1, logs: [], witnesses: [], witnessQuorum: 0, timeStampQuorum: 2 });
  expect(first.seal).toEqual([expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]);
  expect(first.timeStampRoots).toHaveLength(2);
  expect(first.timeStampRoots[0]).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----$/);
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', `${logKey(1)}, ${logKey(2)}`);
  const later = await aceite('trust');
  expect(JSON.parse(later.out)).toEqual({ ...first, logs: [logKey(1), logKey(2)] });
  expect(later.err).toBe('');
});

test('a sandbox that was told no keys of the log takes those that its signer has published, once it has', async () => {
  expect(JSON.parse((await aceite('trust')).out).logs).toEqual([]);
  await writeFile(join(place.dataDir, 'log.key.pub'), `${logKey(2)}\n${logKey(1)}\n`);
  expect(JSON.parse((await aceite('trust')).out).logs).toEqual([logKey(2), logKey(1)]);
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', logKey(3));
  expect(JSON.parse((await aceite('trust')).out).logs).toEqual([logKey(3)]);
  await rm(join(place.dataDir, 'log.key.pub'));
});

test('a key of the log that the database alone tells of is not believed, and whoever asks is told of it', async () => {
  await say({ kind: 'log_key', content: { verifierKey: logKey(1) } });
  await say({ kind: 'log_key', content: { verifierKey: logKey(7) } });
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', logKey(1));
  const { out, err, code } = await aceite('trust');
  expect(JSON.parse(out).logs).toEqual([logKey(1)]);
  expect(err).toContain(`a key of the log ${logKey(7)} that the settings do not know`);
  expect(err).not.toContain(logKey(1));
  expect(code).toBe(0);
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', '');
  const unpublished = await aceite('trust');
  expect(JSON.parse(unpublished.out).logs).toEqual([]);
  expect(unpublished.err).toContain(logKey(7));
});

test('a key of the log that was not copied whole is named', async () => {
  const cut = logKey(1).replace(/[0-9a-f]{8}/, '00000000');
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', cut);
  const { code, out, err } = await aceite('trust');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(`ACEITE_LOG_PUBLIC_KEYS has the key ${cut}, which was not copied whole (wrong_key_id)`);
});

test('a seal that was replaced is still believed', async () => {
  const first = JSON.parse((await aceite('trust')).out);
  expect(await aceite('keys', 'rotate', 'seal')).toMatchObject({ code: 0 });
  const later = JSON.parse((await aceite('trust')).out);
  expect(later.seal).toEqual([expect.not.stringContaining(first.seal[0]), ...first.seal]);
});

test('a seal that the database alone tells of is not believed, and whoever asks is told of it', async () => {
  const stranger = Buffer.alloc(32, 1).toString('base64');
  await say({ kind: 'seal_key', content: { algorithm: 'Ed25519', publicKey: stranger } });
  const { out, err, code } = await aceite('trust');
  expect(JSON.parse(out).seal).not.toContain(stranger);
  expect(err).toContain(stranger);
  expect(code).toBe(0);
});
