import { expect, test } from 'vitest';
import { openDatabase } from '#lib/db/database.ts';
import { aceite, commandPlace } from '#lib/testing/command-line.ts';
import { sayOnce } from '#lib/usecases/system/say-once.ts';

const place = commandPlace();

test('the trust file names the seals of the key file, the keys of the log, and the roots of its authorities', async () => {
  const first = JSON.parse((await aceite('trust')).out);
  expect(first).toMatchObject({ version: 1, logs: [], witnesses: [], witnessQuorum: 0, timeStampQuorum: 2 });
  expect(first.seal).toEqual([expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]);
  expect(first.timeStampRoots).toHaveLength(2);
  expect(first.timeStampRoots[0]).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----$/);
  const db = openDatabase({ url: place.database.url, connectionsMax: 1, onIdleError: () => undefined });
  await sayOnce({ db }, { kind: 'log_key', content: { verifierKey: 'assinar.example.com/log+00000000+AQ==' } });
  await db.end();
  const later = JSON.parse((await aceite('trust')).out);
  expect(later.seal).toEqual(first.seal);
  expect(later.logs).toEqual(['assinar.example.com/log+00000000+AQ==']);
});

test('a seal that was replaced is still believed', async () => {
  const first = JSON.parse((await aceite('trust')).out);
  expect(await aceite('keys', 'rotate', 'seal')).toMatchObject({ code: 0 });
  const later = JSON.parse((await aceite('trust')).out);
  expect(later.seal).toEqual([expect.not.stringContaining(first.seal[0]), ...first.seal]);
});

test('a seal that the database alone tells of is not believed, and whoever asks is told of it', async () => {
  const stranger = Buffer.alloc(32, 1).toString('base64');
  const db = openDatabase({ url: place.database.url, connectionsMax: 1, onIdleError: () => undefined });
  await sayOnce({ db }, { kind: 'seal_key', content: { algorithm: 'Ed25519', publicKey: stranger } });
  await db.end();
  const { out, err, code } = await aceite('trust');
  expect(JSON.parse(out).seal).not.toContain(stranger);
  expect(err).toContain(stranger);
  expect(code).toBe(0);
});
