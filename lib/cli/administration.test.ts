import { beforeAll, describe, expect, test, vi } from 'vitest';
import { findApiKey } from '#lib/db/api-keys.ts';
import { openDatabase } from '#lib/db/database.ts';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { sha256 } from '#lib/vault/keyring.ts';

const place = commandPlace();

describe('workspace', () => {
  test('create, list and set say what there is, for people and for scripts', async () => {
    expect(await aceite('workspace', 'create', '--name', 'Padaria')).toMatchObject({ code: 0 });
    const made = await aceiteJson('workspace', 'create', '--name', 'Mercado', '--lender-legal-name', 'Banco X S.A.');
    expect(made).toMatchObject({ name: 'Mercado', merchantLegalName: 'Mercado', lenderLegalName: 'Banco X S.A.' });
    const changed = await aceiteJson(
      'workspace',
      'set',
      '--workspace',
      'Mercado',
      '--merchant-legal-name',
      'Mercado Ltda.',
    );
    expect(changed).toEqual({ ...made, merchantLegalName: 'Mercado Ltda.' });
    expect((await aceiteJson('workspace', 'list')).items).toContainEqual(changed);
    expect((await aceite('workspace', 'list')).out).toMatch(/Mercado +Mercado Ltda\. +Banco X S\.A\. +pt-BR/);
  });

  test('set takes the name of an existing workspace for the choice, and asks when it cannot know', async () => {
    await aceiteJson('workspace', 'create', '--name', 'Livraria');
    await aceiteJson('workspace', 'create', '--name', 'Farmácia');
    expect(await aceiteJson('workspace', 'set', '--name', 'Livraria', '--language', 'en')).toMatchObject({
      name: 'Livraria',
      language: 'en',
    });
    const unclear = await aceite('workspace', 'set', '--language', 'en');
    expect(unclear).toMatchObject({ code: 2, err: expect.stringMatching(/--workspace, by name or id: .*"Livraria"/) });
  });

  test.each([
    [['create'], 2, /^--name: /m],
    [['create', '--name', 'a\u0000b'], 2, /^--name: /m],
    [['create', '--name', 'X', '--language', 'fr'], 2, /^--language: .*pt-BR, en, es, sv/m],
    [['create', '--name', 'X'.repeat(121)], 2, /^--name: .*120/m],
    [['set'], 2, /Nothing to change/],
    [['set', '--workspace', 'Nenhuma', '--language', 'en'], 1, /There is no workspace "Nenhuma"/],
    [['create', '--colour', 'red'], 2, /--colour/],
    [['destroy'], 2, /There is no "workspace destroy"; there are: create, list, set/],
    [[], 2, /workspace needs one of: create, list, set/],
  ])('%j is refused with %i and a sentence', async (args, code, sentence) => {
    const before = (await aceite('workspace', 'list')).out;
    expect(await aceite('workspace', ...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
    expect((await aceite('workspace', 'list')).out).toBe(before);
  });

  test('a name that is taken is refused', async () => {
    await aceiteJson('workspace', 'create', '--name', 'Duas vezes');
    const again = await aceite('workspace', 'create', '--name', 'Duas vezes');
    expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/already/) });
  });
});

describe('api-key', () => {
  beforeAll(async () => {
    vi.stubEnv('ACEITE_DATA_DIR', place.dataDir);
    vi.stubEnv('DATABASE_URL', place.database.url);
    await aceiteJson('workspace', 'create', '--name', 'Chaves');
  });

  test('a key is shown at its making, works, is listed without itself, and can be ended', async () => {
    const scopes = ['--scope', 'sessions:read', '--scope', 'evidence:read'];
    const origins = ['--return-origin', 'https://loja.example/', '--return-origin', 'http://localhost:8080'];
    const made = await aceiteJson('api-key', 'create', '--workspace', 'Chaves', '--name', 'erp', ...scopes, ...origins);
    expect(made).toMatchObject({ apiKey: expect.stringMatching(/^test_[\w-]{43}$/), name: 'erp' });
    expect(await known(String(made.apiKey))).toMatchObject({
      workspace_id: made.workspaceId,
      scopes: ['sessions:read', 'evidence:read'],
      return_origins: ['https://loja.example', 'http://localhost:8080'],
    });
    const listed = await aceite('api-key', 'list', '--workspace', 'Chaves');
    expect(listed.out).toMatch(new RegExp(`${made.apiKeyId} +Chaves +erp +test_…${made.lastFour} +live`));
    expect(listed.out).not.toContain(String(made.apiKey));
    expect(await aceite('api-key', 'revoke', String(made.apiKeyId))).toMatchObject({ code: 0 });
    expect(await known(String(made.apiKey))).toBeUndefined();
    expect((await aceite('api-key', 'list')).out).toMatch(/erp .* revoked 20\d\d-/);
  });

  test('a key for some addresses and some time is listed with both, and rotated with them', async () => {
    const rights = [
      '--allow-ip',
      '203.0.113.9/24',
      '--allow-ip',
      '2001:DB8::1',
      '--expires',
      '2090-06-30T23:59:59-03:00',
    ];
    const made = await aceiteJson('api-key', 'create', '--workspace', 'Chaves', '--name', 'caixa', ...rights);
    expect(made).toMatchObject({
      allowedAddresses: ['203.0.113.0/24', '2001:db8::1'],
      expiresAt: '2090-07-01T02:59:59.000Z',
    });
    const next = await aceiteJson('api-key', 'rotate', String(made.apiKeyId), '--overlap', '2h');
    expect(next).toMatchObject({ name: 'caixa', oldApiKeyId: made.apiKeyId, expiresAt: '2090-07-01T02:59:59.000Z' });
    const listed = (await aceite('api-key', 'list', '--workspace', 'Chaves')).out;
    const line = `caixa +test_…${next.lastFour} +live +2090-07-01T02:59:59.000Z +never .* 203.0.113.0/24 2001:db8::1`;
    expect(listed).toMatch(new RegExp(line));
    expect(await known(String(made.apiKey))).toBeDefined();
    expect(await aceite('api-key', 'rotate', String(next.apiKeyId))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Two keys are live already/),
    });
  });

  test('a key says at its making and at its rotation when it ends', async () => {
    const where = ['--workspace', 'Chaves'];
    const { out: endless } = await aceite('api-key', 'create', ...where);
    expect(endless).toContain('It does not end by itself.');
    const { out } = await aceite('api-key', 'create', ...where, '--expires', '2090-06-30T23:59:59-03:00');
    const end = 'It ends at 2090-07-01T02:59:59.000Z.';
    expect(out).toContain(end);
    const [, id = ''] = /revoke (\S+)/.exec(out) ?? [];
    expect((await aceite('api-key', 'rotate', id)).out).toContain(end);
  });

  test('without options a key has every scope and no origin', async () => {
    const made = await aceiteJson('api-key', 'create', '--workspace', 'Chaves');
    expect(made).toMatchObject({ scopes: ['sessions:read', 'sessions:write', 'evidence:read'], returnOrigins: [] });
  });

  test.each([
    [['create', '--workspace', 'Chaves', '--scope', 'sessions:delete'], 2, /^--scope: .*sessions:read/m],
    [
      ['create', '--workspace', 'Chaves', '--return-origin', 'http://loja.example'],
      2,
      /^--return-origin http:\/\/loja/m,
    ],
    [['create', '--workspace', 'Chaves', '--return-origin', 'https://loja.example/volta'], 2, /a scheme and a host/],
    [['create', '--workspace', 'Nenhuma'], 1, /There is no workspace "Nenhuma"/],
    [['create', '--workspace', 'Chaves', '--allow-ip', 'loja.example'], 2, /^--allow-ip loja\.example is no address/m],
    [['create', '--workspace', 'Chaves', '--expires', '90d'], 2, /^--expires: Give an instant such as 2027-/m],
    [
      ['rotate', '01a1faf8-a430-778d-b545-4a9dc586545c', '--expires', '90d'],
      2,
      /^--expires: Give an instant such as 2027-/m,
    ],
    [['create', '--workspace', 'Chaves', '--expires', '2020-01-01T00:00:00Z'], 2, /^--expires: that time has passed/m],
    [['rotate', 'abcd'], 2, /the id of one key/],
    [['rotate', '01a1faf8-a430-778d-b545-4a9dc586545c'], 1, /No workspace has a key/],
    [['rotate', '01a1faf8-a430-778d-b545-4a9dc586545c', '--overlap', '31d'], 2, /at most 30d/],
    [['revoke'], 2, /the id of one key/],
    [['revoke', 'abcd'], 2, /the id of one key/],
    [['revoke', '01a1faf8-a430-778d-b545-4a9dc586545c'], 1, /No workspace has a key/],
    [['list', '--workspace', 'Nenhuma'], 1, /There is no workspace/],
  ])('%j is refused with %i and a sentence', async (args, code, sentence) => {
    expect(await aceite('api-key', ...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
  });
});

describe('clock', () => {
  test('advances the time of everything in the sandbox by exactly what is said', async () => {
    const before = await clockOffsetMs();
    const { now } = await aceiteJson('clock', 'advance', '2h');
    expect((await clockOffsetMs()) - before).toBe(7_200_000);
    expect(now).toMatch(/^20\d\d-.*Z$/);
    expect((await aceite('clock', 'advance', '90s')).out).toMatch(/^The portal's clock now says 20\d\d-.*Z\.$/);
    expect((await clockOffsetMs()) - before).toBe(7_290_000);
  });

  test.each(['', '2', '2w', '-1h', '0s', '1.5h', '999999999d', '1h30m'])(
    'a duration %j is refused',
    async (duration) => {
      const before = await clockOffsetMs();
      const refused = await aceite('clock', 'advance', '--', duration);
      expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/90s, 15m, 2h/) });
      expect(await clockOffsetMs()).toBe(before);
    },
  );
});

describe('every command', () => {
  test.each(['workspace', 'api-key', 'clock', 'link', 'migrate'])('%s explains itself', async (name) => {
    const help = await aceite(name, '--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toMatch(new RegExp(`^Usage: npm run aceite -- ${name} `));
  });

  test('names all wrong settings at once', async () => {
    vi.stubEnv('PORT', 'x');
    vi.stubEnv('PORTAL_URL', 'http://loja.example');
    expect(await aceite('workspace', 'list')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/- PORT [\s\S]*- PORTAL_URL /),
    });
  });

  test('names a witness whose key was not copied whole', async () => {
    const key = `witness+00000000+B${'A'.repeat(43)}`;
    vi.stubEnv('ACEITE_WITNESSES', `https://witness.example.com ${key}`);
    const outcome = await aceite('workspace', 'list');
    expect(outcome).toMatchObject({ code: 1, out: '' });
    expect(outcome.err).toContain(`ACEITE_WITNESSES has the key ${key}, which was not copied whole (wrong_key_id)`);
  });

  test('names a database that does not answer, without its password', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://aceite:segredo@127.0.0.1:1/aceite');
    const outcome = await aceite('workspace', 'list');
    expect(outcome).toMatchObject({
      code: 1,
      err: expect.stringMatching(/database aceite at 127\.0\.0\.1:1 cannot be used/),
    });
    expect(outcome.err).not.toContain('segredo');
  });
});

async function known(apiKey: string) {
  return withDatabase((db) => findApiKey(db, sha256(apiKey)));
}

async function clockOffsetMs(): Promise<number> {
  const offset = { name: 'clock_offset', text: 'SELECT offset_ms::float8 AS ms FROM aceite_clock' };
  return (await withDatabase((db) => db.door<{ ms: number }>(offset, [])))[0]?.ms ?? Number.NaN;
}

async function withDatabase<T>(work: (db: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const db = openDatabase({ url: place.database.url, connectionsMax: 1, onIdleError: () => undefined });
  return work(db).finally(() => db.end());
}
