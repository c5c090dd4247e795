import { expect, test } from 'vitest';
import { openDatabase } from '#lib/db/database.ts';
import { aceite, commandPlace } from '#lib/testing/command-line.ts';
import { sayOnce } from '#lib/usecases/system/say-once.ts';

const place = commandPlace();

test('the trust file names every key that this installation has said it uses, and the roots of its authorities', async () => {
  const first = JSON.parse((await aceite('trust')).out);
  expect(first).toMatchObject({ version: 1, logs: [], witnesses: [], witnessQuorum: 0, timeStampQuorum: 2 });
  expect(first.seal).toEqual([expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]);
  expect(first.timeStampRoots).toHaveLength(2);
  expect(first.timeStampRoots[0]).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----$/);
  const db = openDatabase({ url: place.database.url, connectionsMax: 1, onIdleError: () => undefined });
  const former = Buffer.alloc(32, 1).toString('base64');
  await sayOnce({ db }, { kind: 'seal_key', content: { algorithm: 'Ed25519', publicKey: former } });
  await sayOnce({ db }, { kind: 'log_key', content: { verifierKey: 'assinar.example.com/log+00000000+AQ==' } });
  await db.end();
  const later = JSON.parse((await aceite('trust')).out);
  expect(later.seal).toEqual([first.seal[0], former]);
  expect(later.logs).toEqual(['assinar.example.com/log+00000000+AQ==']);
});
