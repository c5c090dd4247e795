import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { open, type SealPlace, seal } from './seal.ts';

const key = createSecretKey(randomBytes(32));
const place: SealPlace = { workspaceId: 'workspace-1', sessionId: 'session-1', field: 'details' };
const plain = Buffer.from('Maria Exemplo da Silva, 529.982.247-25');

const opens = (sealed: Uint8Array, where = place, by = key): string => {
  try {
    return `opened: ${open(by, where, sealed).toString('utf8')}`;
  } catch {
    return 'refused';
  }
};

test('what was sealed opens at its place, byte for byte', () => {
  for (const bytes of [plain, Buffer.alloc(0), randomBytes(1), randomBytes(1_048_576)]) {
    expect(open(key, place, seal(key, place, bytes)).equals(bytes)).toBe(true);
  }
});

test('the same value sealed twice shows nothing in common', () => {
  const [first, second] = [seal(key, place, plain), seal(key, place, plain)];
  expect(first.equals(second)).toBe(false);
  expect(first.subarray(1, 13).equals(second.subarray(1, 13))).toBe(false);
  expect(first.includes(plain.subarray(0, 5))).toBe(false);
});

describe('nothing else opens', () => {
  const sealed = seal(key, place, plain);

  test('with each bit of each byte flipped', () => {
    const opened = Array.from({ length: sealed.length * 8 }, (_, bit) => {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return { bit, outcome: opens(altered) };
    }).filter(({ outcome }) => outcome !== 'refused');
    expect(opened).toEqual([]);
  });

  test('cut at any length, or with a byte more', () => {
    const cuts = Array.from({ length: sealed.length }, (_, length) => opens(sealed.subarray(0, length)));
    expect(new Set(cuts)).toEqual(new Set(['refused']));
    expect(opens(Buffer.concat([sealed, Buffer.of(0)]))).toBe('refused');
    expect(opens(Buffer.concat([sealed, sealed]))).toBe('refused');
  });

  test.each([
    { ...place, workspaceId: 'workspace-2' },
    { ...place, sessionId: 'session-2' },
    { ...place, field: 'draft' },
    { ...place, field: 'details ' },
    { workspaceId: place.sessionId, sessionId: place.workspaceId, field: place.field },
  ])('at another place: $workspaceId $sessionId $field', (elsewhere) => {
    expect(opens(sealed, elsewhere)).toBe('refused');
  });

  test('by another key', () => {
    expect(opens(sealed, place, createSecretKey(randomBytes(32)))).toBe('refused');
    expect(opens(sealed, place, createSecretKey(Buffer.alloc(32)))).toBe('refused');
  });
});

test('a refusal names the field and nothing of the value or the key', () => {
  const sealed = seal(key, place, plain);
  for (const altered of [sealed.subarray(0, 5), Buffer.concat([sealed, Buffer.of(1)])]) {
    let message = '';
    try {
      open(key, place, altered);
    } catch (error) {
      message = String(error);
    }
    expect(message).not.toBe('');
    for (const secret of [
      key.export().toString('hex'),
      key.export().toString('base64'),
      'Maria',
      sealed.toString('hex'),
    ]) {
      expect(message).not.toContain(secret);
    }
  }
});
