import { describe, expect, test } from 'vitest';
import { keptDetails, keptPointer, pathTemplate, withoutTexts } from './kept-exchange.ts';

const digest = (text: string) => ({ byteLength: text.length, sha256: 'hash' });
const secret = 'CLÁUSULA ÚNICA. O jequitibá fica com o comprador.';
const note = `[text not kept: ${secret.length} bytes, SHA-256 hash]`;

describe('the text of a contract', () => {
  test.each([
    ['where it belongs', { contract: { text: secret } }],
    ['as the contract itself', { contract: secret }],
    ['under a misspelt name', { contract: { txet: secret } }],
    ['under a title too long for one', { contract: { title: secret.repeat(20) } }],
    ['beside the contract', { contractText: secret }],
    ['in a list', { contract: [{ text: secret }, secret] }],
    ['deeper within the contract', { contract: { parts: { first: { title2: secret } } } }],
    ['by its name alone', { document: { text: secret } }],
    ['by its length alone', { whatever: secret.repeat(60) }],
    ['as the name of a member', { [secret.repeat(2)]: secret }],
    ['as the whole body', secret.repeat(60)],
  ])('is not kept, %s', (_, body) => {
    expect(JSON.stringify(withoutTexts(body, digest))).not.toContain('fica com o comprador');
  });

  test('leaves its length and hash in its place, and everything else as it was', () => {
    const body = {
      orderId: '1',
      contract: { title: 'T', text: secret, version: '2' },
      signerDetails: { name: 'Maria' },
    };
    expect(withoutTexts(body, digest)).toEqual({ ...body, contract: { title: 'T', text: note, version: '2' } });
    expect(withoutTexts([1, null, true, undefined], digest)).toEqual([1, null, true, undefined]);
  });
});

test.each([
  ['', ''],
  ['/signerDetails/identity', '/signerDetails/identity'],
  ['/summary/12/label', '/summary/12/label'],
  ['/singerDetails', '/singerDetails'],
  ['/52998224725', '/…'],
  ['/529.982.247-25/x', '/…/x'],
  ['/Maria Exemplo da Silva', '/…'],
  ['/maria@exemplo.com.br', '/…'],
  ['/a~1b', '/…'],
  [`/${'a'.repeat(41)}`, '/…'],
])('of the pointer %j stays %j', (pointer, kept) => {
  expect(keptPointer(pointer)).toBe(kept);
});

test('a pointer of many steps is cut', () => {
  expect(keptPointer('/a'.repeat(1_000))).toBe('/a'.repeat(20));
});

test('details are cut, and what no database takes is made visible', () => {
  expect(keptDetails({ max: 3, expected: `a\u0000\ud83d${'b'.repeat(300)}` })).toEqual({
    max: 3,
    expected: `a??${'b'.repeat(197)}`,
  });
});

test.each([
  ['/api/v1/signing', false, '/api/v1/signing'],
  ['/api/v1/signing/providers', false, '/api/v1/signing/providers'],
  ['/api/v1/signing/52998224725', true, '/api/v1/signing/{id}'],
  ['/api/v1/signing/maria%40exemplo/evidence', true, '/api/v1/signing/{id}/evidence'],
])('the address %s is kept as a template', (path, hasId, kept) => {
  expect(pathTemplate(path, hasId)).toBe(kept);
});
