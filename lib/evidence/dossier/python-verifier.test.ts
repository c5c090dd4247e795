import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { dossierVectors } from '#lib/testing/dossier-vectors/dossier-vectors.ts';
import { flipped } from '#lib/testing/dossier-vectors/vector.ts';
import {
  needPythonAndOpenSsl,
  type PythonOutcome,
  pythonVerifier,
  runPythonVerifier,
  runPythonVerifierAt,
  runPythonVerifierOften,
} from '#lib/testing/python-verifier.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';

const exitCodes = { VALID: 0, VALID_INTERIM: 3, TAMPERED: 10, INVALID: 11, INCOMPLETE: 12, INPUT_ERROR: 20 };
const checkIds =
  'zip manifest files json required chain commits cross state proofs log seal receipt time witness'.split(' ');
const lastWords = 'That the person was the signer is not proved by any of this.';

/** For dozens of dossiers and several processes of openssl for each of them, on a machine that has other work too. */
const manyMs = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'aceite-python-'));
const paths = { dossier: join(folder, 'reference.zip'), trust: join(folder, 'trust.json') };
let reference: Awaited<ReturnType<typeof referenceDossier>>;

beforeAll(async () => {
  needPythonAndOpenSsl();
  reference = await referenceDossier();
  writeFileSync(paths.dossier, reference.dossier);
  writeFileSync(paths.trust, reference.trust);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a good dossier', () => {
  test('is VALID, one line per check, each with whom to trust, and the last line claims no more', () => {
    const { code, out, err } = runPythonVerifier([paths.dossier, '--trust', paths.trust]);
    expect({ code, err }).toEqual({ code: exitCodes.VALID, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines.slice(0, checkIds.length).map((line) => line.split(/ +/).slice(0, 2))).toEqual(
      checkIds.map((id) => [id, 'ok']),
    );
    for (const line of lines.slice(0, checkIds.length)) expect(line).toMatch(/\(To be trusted for it: .+\)$/);
    expect(lines.slice(checkIds.length)).toEqual(['VALID (exit code 0)', lastWords]);
  });

  test('has claims that hold when nobody outside is asked for', () => {
    const { out } = runPythonVerifier([paths.dossier, '--trust', paths.trust]);
    for (const id of ['time', 'witness'])
      expect(out).toMatch(new RegExp(`^${id} .*that are asked for, if any, saw`, 'm'));
  });

  test('is told to programs as one canonical object, and nothing else', () => {
    const { out, err } = runPythonVerifier([paths.dossier, '--json', '--trust', paths.trust]);
    const told = JSON.parse(out);
    expect(out).toBe(`${canonicalJson(told)}\n`);
    expect(Object.keys(told)).toEqual(['checks', 'verdict']);
    for (const check of told.checks) expect(Object.keys(check)).toEqual(['claim', 'id', 'result', 'trust']);
    expect(told.checks.map(({ id }: { id: string }) => id)).toEqual(checkIds);
    expect(err.trimEnd().split('\n').at(-1)).toBe(lastWords);
  });

  test('is INCOMPLETE for whoever trusts nobody', () => {
    const { code, out } = runPythonVerifier([paths.dossier]);
    expect(code).toBe(exitCodes.INCOMPLETE);
    expect(resultsIn(out)).toMatchObject({
      cross: 'ok',
      proofs: 'ok',
      log: 'missing',
      seal: 'missing',
      time: 'missing',
    });
  });

  test('is INCOMPLETE without openssl, and what needs none is checked all the same', () => {
    const { code, out } = runPythonVerifier([paths.dossier, '--trust', paths.trust], `PATH=${folder}`);
    expect(code).toBe(exitCodes.INCOMPLETE);
    expect(out).toContain('openssl 3 is needed');
    expect(resultsIn(out)).toMatchObject({
      cross: 'ok',
      proofs: 'ok',
      log: 'missing',
      seal: 'missing',
      time: 'missing',
    });
  });

  test('leaves no file behind', () => {
    const place = join(folder, 'temporary');
    mkdirSync(place);
    const { code } = runPythonVerifier([paths.dossier, '--trust', paths.trust], `TMPDIR=${place}`);
    expect(code).toBe(exitCodes.VALID);
    expect(readdirSync(place)).toEqual([]);
  });
});

describe('every shared vector gets the verdict that every verifier must give', () => {
  test.each(inParts(dossierVectors))('$name', { timeout: manyMs }, async ({ vectors }) => {
    const outcomes = await judged(vectors);
    const wrong = vectors.flatMap(({ name, verdict }, index) => {
      const { code, out, err } = outcomes[index] ?? { code: -1, out: '', err: 'no outcome' };
      const isRight = code === exitCodes[verdict] && JSON.parse(out).verdict === verdict;
      return isRight ? [] : [{ name, verdict, code, err }];
    });
    expect(wrong).toEqual([]);
  });
});

test('a single bit that is turned over anywhere is seen without trusting anybody', { timeout: manyMs }, async () => {
  const bits = reference.dossier.length * 8;
  // Spread over the whole archive; a prime, so that every bit of a byte has its turn.
  const turned = Array.from({ length: Math.floor(bits / 1_013) }, (_, index) => index * 1_013);
  const sealAt = Buffer.from(reference.dossier).indexOf('manifest.sig') + 'manifest.sig'.length;
  const isInSeal = (bit: number) => bit >> 3 >= sealAt && bit >> 3 < sealAt + 64;
  const calls = turned.map((bit) => [written(`bit-${bit}.zip`, flipped(reference.dossier, bit)), '--json']);
  const outcomes = await runPythonVerifierOften(calls);
  const unseen = outcomes.flatMap(({ code, out }, index) => {
    const bit = turned[index] ?? 0;
    const isSeen = code === exitCodes.TAMPERED || code === exitCodes.INPUT_ERROR;
    return isSeen || isInSeal(bit) ? [] : [{ bit, verdict: JSON.parse(out).verdict }];
  });
  expect(unseen).toEqual([]);
});

test('explains itself when asked, and never with the exit code of a good dossier', () => {
  const { code, out } = runPythonVerifier(['--help']);
  expect(code).toBe(exitCodes.INPUT_ERROR);
  expect(out).toContain('Verdicts and exit codes: VALID 0');
  expect(out).not.toContain('skipped');
});

describe('what is no dossier at all', () => {
  test.each([
    ['no argument', []],
    ['an unknown option', ['--quick', paths.dossier]],
    ['two dossiers', [paths.dossier, paths.dossier]],
    ['a file that is not there', [join(folder, 'nothing.zip')]],
    ['a folder', [folder]],
    ['a trust file that is not there', [paths.dossier, '--trust', join(folder, 'nothing.json')]],
    ['a dossier as trust file', [paths.dossier, '--trust', paths.dossier]],
    ['a trust file as dossier', [paths.trust, '--trust', paths.trust]],
  ])('%s is an INPUT_ERROR with a reason, and no crash', (_, argv) => {
    const { code, out, err } = runPythonVerifier(argv);
    expect({ code, err }).toEqual({ code: exitCodes.INPUT_ERROR, err: '' });
    expect(out).toMatch(/^.*> \S+/m);
    expect(out).not.toContain('Traceback');
    expect(out.trimEnd().split('\n').slice(-2)).toEqual(['INPUT_ERROR (exit code 20)', lastWords]);
  });
});

test('a file beside it that is called like a part of Python is not taken for that part', () => {
  const beside = join(folder, 'unpacked');
  mkdirSync(beside);
  copyFileSync(pythonVerifier, join(beside, 'verify.py'));
  const hostile = 'import os\nprint("VALID (exit code 0)", flush=True)\nos._exit(0)\n';
  const modules = 'base64 binascii datetime gc hashlib json re struct subprocess tempfile'.split(' ');
  for (const name of modules) writeFileSync(join(beside, `${name}.py`), hostile);
  writeFileSync(join(beside, 'damaged.zip'), Buffer.from(reference.dossier).fill(0, 0, 40));
  const { code, out } = runPythonVerifierAt(join(beside, 'verify.py'), [join(beside, 'damaged.zip')]);
  expect(code).toBe(exitCodes.INPUT_ERROR);
  expect(out).not.toContain('VALID (exit code 0)');
  const good = runPythonVerifierAt(join(beside, 'verify.py'), [paths.dossier, '--trust', paths.trust]);
  expect(good.code).toBe(exitCodes.VALID);
});

test('it is one file of the standard library, with nothing that opens a network or reads archives leniently', () => {
  const imported = readFileSync(pythonVerifier, 'utf8').match(/^\s*(?:import|from) \w+/gm) ?? [];
  const modules = new Set(imported.map((line) => line.trim().split(' ')[1]));
  expect([...modules].toSorted()).toEqual(
    'base64 binascii datetime gc hashlib json os re struct subprocess sys tempfile'.split(' '),
  );
});

/** One process of Python for so many dossiers: few enough that a part ends soon, and says early which one went wrong. */
function inParts(vectors: typeof dossierVectors) {
  const size = 120;
  return Array.from({ length: Math.ceil(vectors.length / size) }, (_, part) => {
    const few = vectors.slice(part * size, (part + 1) * size);
    return { name: `from "${few[0]?.name}" to "${few.at(-1)?.name}"`, vectors: few };
  });
}

async function judged(vectors: typeof dossierVectors): Promise<PythonOutcome[]> {
  const calls: string[][] = [];
  for (const [index, { make }] of vectors.entries()) {
    const { dossier, trust } = await make();
    const trusting = trust ? ['--trust', written(`${index}.json`, trust)] : [];
    calls.push([written(`${index}.zip`, dossier), '--json', ...trusting]);
  }
  return runPythonVerifierOften(calls);
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function resultsIn(out: string): Record<string, string> {
  const lines = out.split('\n').filter((line) => /^\w+ +(?:ok|failed|missing|skipped) /.test(line));
  return Object.fromEntries(lines.map((line) => line.split(/ +/)).map(([id = '', result = '']) => [id, result]));
}
