import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aceite } from '#lib/testing/command-line.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-verify-'));
const at = (name: string) => join(folder, name);
const trusting = ['--trust', at('trust.json')];
beforeAll(async () => {
  const { dossier, trust } = await referenceDossier();
  writeFileSync(at('good.zip'), dossier);
  writeFileSync(at('cut.zip'), dossier.slice(0, -1));
  writeFileSync(at('trust.json'), trust);
  writeFileSync(at('interim.zip'), (await referenceDossier({ stage: 'accepted' })).dossier);
  const changed = await referenceDossier({ changeSealed: (files) => void files.set('contract.txt', Buffer.from('x')) });
  writeFileSync(at('changed.zip'), changed.dossier);
});
afterAll(() => rmSync(folder, { recursive: true }));

const signerIsNotProved = /None of this proves that the person named was the signer[^\n]*$/;

test.each([
  ['good.zip', trusting, 'VALID', 0],
  ['interim.zip', trusting, 'VALID_INTERIM', 3],
  ['changed.zip', trusting, 'TAMPERED', 10],
  ['good.zip', [], 'INCOMPLETE', 12],
  ['cut.zip', trusting, 'INPUT_ERROR', 20],
  ['trust.json', trusting, 'INPUT_ERROR', 20],
])('verify %s %j says %s and ends with %i', async (file, options, verdict, exitCode) => {
  const { code, out } = await aceite('verify', at(file), ...options);
  expect([out.match(/^([A-Z_]+): /m)?.[1], code]).toEqual([verdict, exitCode]);
  expect(out).toMatch(signerIsNotProved);
});

test('what is said of every check names whom one has to trust for it', async () => {
  const { out } = await aceite('verify', at('good.zip'), ...trusting);
  expect(out.match(/^ok /gm)).toHaveLength(15);
  expect(out.match(/^ {18}Trusted for it: /gm)).toHaveLength(15);
});

test('no claim says more than was checked when the trust file asks for nobody outside', async () => {
  const { trust } = await referenceDossier();
  const alone = { ...JSON.parse(Buffer.from(trust).toString()), witnessQuorum: 0, timeStampQuorum: 0 };
  writeFileSync(at('alone.json'), JSON.stringify(alone));
  const { out } = await aceite('verify', '--json', at('good.zip'), '--trust', at('alone.json'));
  for (const { id, result, claim } of JSON.parse(out).checks.slice(-2))
    expect([id, result, claim]).toEqual([id, 'ok', expect.stringContaining('that are asked for, if any, saw')]);
});

test('--json prints one object alone, and the last word beside it', async () => {
  const { out, err } = await aceite('verify', '--json', at('good.zip'), ...trusting);
  const { verdict, checks, ...more } = JSON.parse(out);
  expect([verdict, more]).toEqual(['VALID', {}]);
  expect(checks.map(({ id, result }: Record<string, string>) => `${id} ${result}`)).toEqual(
    'zip manifest files json required chain commits cross state proofs log seal receipt time witness'
      .split(' ')
      .map((id) => `${id} ok`),
  );
  expect(Object.keys(checks[0])).toEqual(['id', 'claim', 'trust', 'result']);
  expect(err).toMatch(signerIsNotProved);
});

test('a file that is not there, and a call without a file, are told and end with 20', async () => {
  const absent = await aceite('verify', at('absent.zip'));
  expect([absent.code, absent.err]).toEqual([20, expect.stringContaining('absent.zip cannot be read')]);
  expect(await aceite('verify')).toMatchObject({ code: 20, err: expect.stringContaining('takes one dossier') });
  expect((await aceite('verify', at('good.zip'), '--trust', at('absent.json'))).code).toBe(20);
});
