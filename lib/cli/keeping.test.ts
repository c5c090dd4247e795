import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';

const place = commandPlace();
const by = ['--by', 'ana@loja.example'];
let sessionId: string;

beforeAll(async () => {
  vi.stubEnv('ACEITE_DATA_DIR', place.dataDir);
  vi.stubEnv('DATABASE_URL', place.database.url);
  const link = await aceiteJson('link', '--cpf', '111.444.777-35', '--name', 'Zulmira Quintanilha');
  sessionId = String(link.signingSessionId);
  await aceite('staff', 'create', '--email', 'ana@loja.example', '--role', 'auditor');
  await aceite('staff', 'create', '--email', 'rui@loja.example', '--role', 'operator');
});

describe('a person asks, from the request to the certificate', () => {
  test('an open session is kept for now, and the answer says why', async () => {
    const asked = await aceite('keeping', 'erase-request', '--cpf', '11144477735', ...by, '--reference', '2026/117');
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out).toContain(`Sessão ${sessionId}:`);
    expect(asked.out).toMatch(/sob guarda por enquanto, porque: .*a sessão ainda está aberta/);
    const english = await aceite('keeping', 'erase-request', '--cpf', '11144477735', ...by, '--language', 'en');
    expect(english.out).toMatch(/kept for the time being, because: .*the session is still open/);
  });

  test('what is held is written to a file for its reader alone, and never over another', async () => {
    const output = join(place.dataDir, 'export.json');
    expect(await aceite('keeping', 'export', '--cpf', '111.444.777-35', ...by, '--output', output)).toMatchObject({
      code: 0,
    });
    expect((await stat(output)).mode & 0o777).toBe(0o600);
    const held = JSON.parse(await readFile(output, 'utf8'));
    expect(held.workspaces[0].sessions[0].session.signingSessionId).toBe(sessionId);
    expect(JSON.stringify(held)).toContain('Zulmira Quintanilha');
    expect(await aceite('keeping', 'export', '--cpf', '111.444.777-35', ...by, '--output', output)).toMatchObject({
      code: 1,
    });
    const printed = await aceite('keeping', 'export', '--cpf', '111.444.777-35', ...by);
    expect(JSON.parse(printed.out)).toEqual(held);
  });

  test('a hold stops the end; lifted, the session goes, and the certificate says so', async () => {
    const { holdId } = await aceiteJson('keeping', 'hold', sessionId, '--reason', 'Processo 12', ...by);
    await aceite('clock', 'advance', '60d');
    expect((await aceite('keeping', 'status')).out).toMatch(/open +1/);
    // The first look after its time records that it ran out; thirty days later it is due.
    await aceiteJson('keeping', 'export', '--cpf', '111.444.777-35', ...by);
    expect(await aceiteJson('keeping', 'run')).toEqual({ standings: { held: 1 }, faults: 0 });
    expect((await aceite('keeping', 'status', sessionId)).out).toMatch(/E3 +20\d\d-.* held/);
    expect(await aceite('keeping', 'deletion-certificate', sessionId)).toMatchObject({ code: 1, err: /not erased/ });
    const lifted = await aceite('keeping', 'lift', sessionId, '--hold', String(holdId), '--reason', 'Arquivado', ...by);
    expect(lifted).toMatchObject({ code: 0 });
    expect(await aceite('keeping', 'run')).toMatchObject({ code: 0, out: 'erased: 1' });
    expect((await aceite('keeping', 'run')).out).toBe('Nothing is due.');
    expect((await aceite('keeping', 'status', sessionId)).out).toMatch(
      /^Erased on 20\d\d-.* under rule E3 \(term_over\)\.$/,
    );
    const proof = await aceiteJson('keeping', 'deletion-certificate', sessionId);
    expect(JSON.parse(String(proof.certificate))).toMatchObject({ signingSessionId: sessionId, class: 'E3' });
    expect(Buffer.from(String(proof.signature), 'base64').length).toBe(64);
    const output = join(place.dataDir, 'deletion.json');
    expect(await aceite('keeping', 'deletion-certificate', sessionId, '--output', output)).toMatchObject({ code: 0 });
    expect(await readFile(output, 'utf8')).toBe(proof.certificate);
    expect((await readFile(`${output}.sig`)).toString('base64')).toBe(proof.signature);
    expect(await aceiteJson('keeping', 'status')).toMatchObject({ erased: 1, due: 0, held: 0 });
  });
});

test.each([
  [['hold'], 2, /id of one session/],
  [['hold', '0a1b2c3d-0000-4000-8000-000000000000', '--reason', 'x'], 2, /Say who does this with --by/],
  [['hold', '0a1b2c3d-0000-4000-8000-000000000000', ...by], 1, /--reason/],
  [['hold', '0a1b2c3d-0000-4000-8000-000000000000', '--reason', 'x', ...by], 1, /no such session/],
  [['hold', '0a1b2c3d-0000-4000-8000-000000000000', '--reason', 'x', '--by', 'rui@loja.example'], 1, /is operator/],
  [
    ['hold', '0a1b2c3d-0000-4000-8000-000000000000', '--reason', 'x', '--by', 'eva@loja.example'],
    1,
    /no active member/,
  ],
  [['erase-request', ...by], 2, /--cpf/],
  [['erase-request', '--cpf', '111.444.777-36', ...by], 2, /--cpf/],
  [['erase-request', '--cpf', '111.444.777-35', '--asked-by', 'neighbour', ...by], 2, /--asked-by is one of/],
  [['erase-request', '--cpf', '111.444.777-35', '--reference', 'a b', ...by], 2, /--reference/],
  [['export', '--cpf', '1', ...by], 2, /--cpf/],
  [['export', '--cpf', '111.444.777-35', '--workspace', 'Nenhuma', ...by], 1, /no workspace/],
  [['deletion-certificate', 'x'], 2, /id of one session/],
  [['status', 'x'], 1, /no session x/],
  [['forget'], 2, /There is no "keeping forget"/],
])('%j is refused with %i and a sentence', async (args, code, sentence) => {
  expect(await aceite('keeping', ...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
});
