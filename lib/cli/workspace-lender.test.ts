import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';

const place = commandPlace();
const apiClientKey = '7b1f1a52-55cf-4c0a-8a3e-3c8d55e0aa01';
const [ours, lenders] = [generateClientKeyPair(), generateClientKeyPair()];
const file = (name: string) => join(place.dataDir, name);

beforeAll(async () => {
  await writeFile(file('integration'), `${apiClientKey}\n`);
  await writeFile(file('ours.pem'), ours.privateKeyPem);
  await writeFile(file('lenders.pem'), lenders.publicKeyPem);
  await writeFile(file('nonsense'), 'nonsense');
});

const whole = () => [
  ...['--base-url', 'https://lender.example.com/'],
  ...['--api-client-key-file', file('integration'), '--private-key-file', file('ours.pem')],
];

describe('workspace lender', () => {
  test('set, show and clear say what there is, and no secret', async () => {
    await aceiteJson('workspace', 'create', '--name', 'Mercado');
    const lender = (...args: string[]) => aceite('workspace', 'lender', ...args);
    expect(await lender('show')).toMatchObject({ code: 0, out: expect.stringMatching(/installation's settings/) });
    const set = await lender('set', ...whole(), '--timestamp-zone', 'America/Sao_Paulo');
    expect(set).toMatchObject({ code: 0, out: expect.stringMatching(/https:\/\/lender\.example\.com\n.*…aa01/) });
    await lender('set', '--lender-public-key-file', file('lenders.pem'), '--empty-payload', 'empty');
    const shown = await aceiteJson('workspace', 'lender', 'show');
    expect(shown).toMatchObject({
      isOwn: true,
      baseUrl: 'https://lender.example.com',
      hasLenderPublicKey: true,
      emptyPayload: '',
      timestampZone: 'America/Sao_Paulo',
      authScheme: 'signed-header',
    });
    for (const said of [set.out, (await lender('show')).out, JSON.stringify(shown)]) {
      expect(said).not.toContain(apiClientKey);
      expect(said).not.toContain('PRIVATE KEY');
    }
    expect(await lender('clear')).toMatchObject({ code: 0, out: expect.stringMatching(/installation's settings/) });
    expect(await aceiteJson('workspace', 'lender', 'show')).toMatchObject({ isOwn: false });
  });

  test('release says how many deliveries it queued', async () => {
    expect(await aceite('workspace', 'lender', 'release')).toEqual({
      code: 0,
      out: 'No delivery was paused.',
      err: '',
    });
    expect(await aceiteJson('workspace', 'lender', 'release')).toMatchObject({ released: 0 });
  });

  test.each<[() => string[], number, RegExp]>([
    [() => ['set'], 2, /Nothing to change/],
    [() => ['set', '--base-url', 'http://lender.example.com'], 2, /^--base-url: must be https/m],
    [() => ['set', '--auth-scheme', 'bearer'], 2, /^--auth-scheme: /m],
    [() => ['set', '--timestamp-zone', 'Mars'], 2, /^--timestamp-zone: is not the IANA name/m],
    [() => ['set', '--private-key-file', file('nonsense')], 2, /^--private-key-file: is not a PEM file/m],
    [() => ['set', '--private-key-file', file('nowhere')], 1, /nowhere is not there or cannot be read/],
    [
      () => ['set', '--base-url', 'https://lender.example.com'],
      1,
      /missing: --api-client-key-file, --private-key-file/,
    ],
    [() => ['set', ...whole(), '--private-key-file', file('lenders.pem')], 1, /cannot work: .*Nothing was changed/s],
    [() => ['drop'], 2, /There is no "workspace lender drop"; there are: set, show, clear, release/],
  ])('%s is refused with a sentence', async (args, code, sentence) => {
    const outcome = await aceite('workspace', 'lender', ...args());
    expect(outcome).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
    expect(await aceiteJson('workspace', 'lender', 'show')).toMatchObject({ isOwn: false });
  });
});
