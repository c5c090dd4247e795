import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tx } from '#lib/db/database.ts';
import { searchSessions } from '#lib/db/session-search.ts';
import { createdSession, maria, openedBy } from '#lib/testing/journey.ts';
import { keyringOf, requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { addWrappingKey, chooseWrappingKey, replaceSealKey, replaceSigningKey } from '#lib/vault/key-file-changes.ts';
import { beginSigning } from '../signer/begin-signing.ts';
import { saveDetails } from '../signer/save-details.ts';
import { rewrapSessionKeys } from '../system/rewrap-session-keys.ts';
import { listStaffSessions } from './list-sessions.ts';

const jose = {
  name: 'José D’Ávila Conceição dos Santos',
  email: 'Jose.Avila@Exemplo.com.br',
  identity: '11144477735',
  phone: '+5521987651234',
} as const;
/** Typed by the signer, whose e-mail and phone at first were others. */
const typed = { email: 'nova@exemplo.com.br', phone: '(31) 99876-5432' };

let portal: TestPortal;
const ids: Record<'maria' | 'jose' | 'typing', string> = { maria: '', jose: '', typing: '' };
beforeAll(async () => {
  portal = await startTestPortal();
  ids.maria = (await createdSession(portal)).signingSessionId;
  ids.jose = (await createdSession(portal, { signerDetails: jose })).signingSessionId;
  const signerDetails = { email: 'antiga@exemplo.com.br', phone: '+5531912340000' };
  const session = await createdSession(portal, { signerDetails });
  ids.typing = session.signingSessionId;
  const signer = await openedBy(portal.ctx, session.token);
  await beginSigning(portal.ctx, signer);
  await saveDetails(portal.ctx, signer, { ...typed, name: 'Zélia Souza', identity: '123.456.789-09' });
});
afterAll(() => portal.end());

async function found(q: string, { workspaceId } = portal.merchant, ctx = portal.ctx): Promise<string[]> {
  const staff = { userId: 'staff-1', workspaceId, role: 'operator', request: requestFrom() } as const;
  const result = await listStaffSessions(ctx, staff, { q });
  if (!result.ok) throw new Error(result.code);
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return result.list.items.map(({ id }) => names.get(id) ?? id);
}

describe('a session is found by', () => {
  test.each([
    ['the e-mail', 'Jose.Avila@exemplo.com.br', 'jose'],
    ['the e-mail in another case', 'JOSE.AVILA@EXEMPLO.COM.BR', 'jose'],
    ['the phone as people write it', '(21) 98765-1234', 'jose'],
    ['the phone with the country', '+55 21 98765 1234', 'jose'],
    ['the phone in bare digits', '21987651234', 'jose'],
    ['the phone with trunk zero and carrier', '0 15 21 98765.1234', 'jose'],
    ['a word of the name', 'conceicao', 'jose'],
    ['words of the name in any order', 'SANTOS josé', 'jose'],
    ['a word behind an apostrophe', "d'avila", 'jose'],
    ['the whole name, of which five words count', 'José D’Ávila Conceição dos Santos Filho', 'jose'],
    ['an e-mail that the signer typed', typed.email, 'typing'],
    ['a phone that the signer typed', '31998765432', 'typing'],
    ['a name that the signer typed', 'zelia', 'typing'],
    ['a document that the signer typed', '12345678909', 'typing'],
    ['the e-mail that it once had', 'antiga@exemplo.com.br', 'typing'],
    ['the phone that it once had', '(31) 91234-0000', 'typing'],
  ])('%s: %j', async (_, q, expected) => {
    expect(await found(q)).toEqual([expected]);
  });
});

/** Every usual way in which one number, one document and one name are typed; staff read them from anywhere. */
const spellings = {
  phone: [
    '+5521987651234',
    '+55 (21) 98765-1234',
    '0055 21 98765 1234',
    '5521987651234',
    '55 21 98765-1234',
    '021 98765-1234',
    '055 21 98765-1234',
    '(21)987651234',
    '21.98765.1234',
    '21/98765-1234',
    ' 21 98765–1234 ',
    '\u202a+55 21 98765-1234\u202c',
  ],
  document: ['11144477735', '111.444.777-35', '111 444 777 35', '111.444.777/35', ' 111.444.777–35\u200b'],
  email: ['Jose.Avila@Exemplo.com.br', ' jose.avila@exemplo.com.br ', 'JOSE.AVILA@exemplo.COM.BR\u200b'],
  name: [
    'José',
    'JOSÉ',
    'jose',
    'Jose\u0301',
    'Conceição',
    'CONCEIÇÃO',
    'conceicao',
    'Conceic\u0327a\u0303o',
    'D’Ávila',
    "D'AVILA",
    'd´avila',
    'Avila, José',
    'josé  conceicao   santos',
  ],
} as const;

describe('however it is typed, a session is found by its', () => {
  test.each(Object.entries(spellings).flatMap(([kind, given]) => given.map((q) => [kind, q] as const)))(
    '%s: %j',
    async (_, q) => {
      expect(await found(q)).toEqual(['jose']);
    },
  );
});

test('after every key that can change has changed, and all sessions are wrapped anew, each is found by all it was found by', async () => {
  const at = new Date();
  const { keysFile } = portal;
  await addWrappingKey(keysFile, 'k2');
  await chooseWrappingKey(keysFile, 'k2', at);
  for (const purpose of ['cookieKey', 'offerKey', 'documentLinkKey'] as const)
    await replaceSigningKey(keysFile, { purpose, at, hasLeaked: true });
  await replaceSealKey(keysFile, at);
  const ctx = { ...portal.ctx, keys: keyringOf(keysFile) };
  expect(await rewrapSessionKeys(ctx, () => undefined)).toMatchObject({ rewrapped: 3, left: [], unreadable: [] });
  for (const q of [jose.name, jose.email, jose.identity, jose.phone])
    expect(await found(q, undefined, ctx)).toEqual(['jose']);
  for (const q of [maria.name, maria.email, maria.identity, maria.phone])
    expect(await found(q, undefined, ctx)).toEqual(['maria']);
  for (const q of ['zelia', typed.email, typed.phone, 'antiga@exemplo.com.br'])
    expect(await found(q, undefined, ctx)).toEqual(['typing']);
  // A session that is made now stands beside the older ones under the same words.
  const made = await createdSession({ ...portal, ctx }, { signerDetails: { ...jose, name: 'Outro Homônimo' } });
  expect((await found(jose.identity, undefined, ctx)).toSorted()).toEqual(['jose', made.signingSessionId].toSorted());
});

describe('a session is not found', () => {
  test.each([
    ['by a part of an e-mail', 'exemplo.com.br'],
    ['by an e-mail of nobody', 'jose@exemplo.com.br'],
    ['by a phone of nobody', '(21) 98765-1235'],
    ['by the end of a phone', '98765-1234'],
    ['by part of a word', 'conce'],
    ['when one of the words is not in the name', 'jose santos pereira'],
    ['by words of two people', 'jose silva'],
    ['by a letter', 'd'],
  ])('%s: %j', async (_, q) => {
    expect(await found(q)).toEqual([]);
  });

  test.each([maria.email, maria.phone, maria.name, maria.identity])('from another workspace, by %j', async (q) => {
    expect(await found(q)).toEqual(['maria']);
    expect(await found(q, portal.stranger)).toEqual([]);
  });
});

test('nothing that is kept for the search can be computed without the key, and equal values look alike in one workspace only', async () => {
  const rows = await portal.asOwner<{ field: string; entries: number }>(
    `SELECT field, count(*)::int AS entries FROM blind_indexes WHERE session_id = $1 GROUP BY field ORDER BY field`,
    [ids.typing],
  );
  expect(rows).toEqual([
    { field: 'email', entries: 2 },
    { field: 'identity', entries: 1 },
    { field: 'name_word', entries: 2 },
    { field: 'phone', entries: 2 },
  ]);
  const plain = await portal.asOwner(
    `SELECT FROM blind_indexes WHERE digest = ANY (SELECT sha256(convert_to(word, 'UTF8')) FROM unnest($1::text[]) word)`,
    [['zelia', 'souza', typed.email, '+5531998765432', '12345678909']],
  );
  expect(plain).toEqual([]);
});

describe('among many sessions', () => {
  /** Enough rows that reading all of a table would be the dearer way. */
  const many = 20_000;
  beforeAll(async () => {
    const { workspaceId, apiKeyId } = portal.merchant;
    await portal.asOwner(
      `WITH numbered AS (SELECT n, md5(n::text)::uuid AS id FROM generate_series(1, $3::integer) n),
       made AS (
         INSERT INTO signing_sessions (id, workspace_id, api_key_id, order_id, debt_key, provider, language, expires_at, link_sha256,
           contract_sha256, contract_bytes, merchant_legal_name, lender_legal_name)
         SELECT id, $1, $2, 'many-' || n, 'many-' || n, 'opt-in', 'pt-BR', aceite_now() + interval '1 day', sha256(id::text::bytea),
           sha256('contract'), 1, 'Loja', 'Credor' FROM numbered RETURNING id)
       INSERT INTO blind_indexes (session_id, workspace_id, field, digest)
       SELECT n.id, $1, f.field, sha256((f.field || n.n % f.different)::bytea) FROM numbered n, made m,
         (VALUES ('identity', 10000), ('email', 15000), ('phone', 15000), ('name_word', 200), ('name_word', 3000)) f (field, different)
       WHERE m.id = n.id ON CONFLICT DO NOTHING`,
      [workspaceId, apiKeyId, many],
    );
    await portal.asOwner('ANALYZE signing_sessions');
    await portal.asOwner('ANALYZE blind_indexes');
  });

  test.each(['force_custom_plan', 'force_generic_plan'])('every way is served by an index, with %s', async (mode) => {
    const lines = await plan(mode);
    expect(lines.filter((line) => /Seq Scan/.test(line))).toEqual([]);
    expect(lines.filter((line) => /Index Cond: .*digest/.test(line)).length, lines.join('\n')).toBeGreaterThan(1);
    expect(
      lines.filter((line) => /Rows Removed by Filter/.test(line)),
      lines.join('\n'),
    ).toEqual([]);
  });

  /** The plan of the search itself, with what each step really read. */
  async function plan(mode: string): Promise<string[]> {
    const { workspaceId } = portal.merchant;
    const digest = (text: string) => portal.ctx.keys.blindIndex(workspaceId, 'identity', text);
    const keys = {
      sessionId: ids.maria,
      text: 'order-1',
      receiptCode: 'X',
      identityDigest: digest('a'),
      emailDigest: digest('b'),
      phoneDigest: digest('c'),
      nameDigests: [digest('d'), digest('e')],
    };
    return portal.ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
      await tx.rows({ name: `plan_${mode}`, text: `SET LOCAL plan_cache_mode = ${mode}` }, []);
      await searchSessions(tx, workspaceId, keys, { status: undefined, limit: 51 });
      const lines: string[] = [];
      const explained: Tx = {
        ...tx,
        rows: async ({ name, text }, values) => {
          const types = ['uuid', 'uuid', 'text', 'text', 'bytea', 'bytea', 'bytea', 'bytea[]', 'text', 'integer'];
          await tx.rows({ name: '', text: `PREPARE plan_of_${name} (${types.join(', ')}) AS ${text}` }, []);
          const given = values.map((value) => literal(value)).join(', ');
          const explain = `EXPLAIN (ANALYZE, COSTS off) EXECUTE plan_of_${name} (${given})`;
          const rows = await tx.rows<{ 'QUERY PLAN': string }>({ name: '', text: explain }, []);
          lines.push(...rows.map((row) => row['QUERY PLAN']));
          await tx.rows({ name: '', text: `DEALLOCATE plan_of_${name}` }, []);
          return [];
        },
      };
      await searchSessions(explained, workspaceId, keys, { status: undefined, limit: 51 });
      return lines;
    });
  }

  function literal(value: unknown): string {
    if (value === null || value === undefined) return 'NULL';
    if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(', ')}]::bytea[]`;
    if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
    return `'${String(value)}'`;
  }
});
