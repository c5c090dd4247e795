import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { readDer, Unreadable } from './der.ts';
import { verifyTimeStamp } from './verify.ts';

/** Whatever stands in the bytes: a verdict, never a crash, and never a stamp that says something else than it said. */

const digest = createHash('sha256').update('a signed note').digest();
let stamps: SandboxStamps;
let response: Uint8Array;
beforeAll(async () => {
  stamps = await startSandboxStamps(['first']);
  const stamped = await stamps.authorities[0]?.stamp(digest);
  if (!stamped?.ok) throw new Error('the sandbox did not stamp');
  response = stamped.response;
});
afterAll(() => stamps.end());

const verify = (bytes: Uint8Array) => verifyTimeStamp({ response: bytes, digest, roots: [stamps.roots] });

test('no change of a single bit makes a stamp say something else', async () => {
  const genuine = await verify(response);
  expect(genuine).toMatchObject({ ok: true });
  const believed: number[] = [];
  for (let at = 0; at < response.length; at += 1) {
    const changed = Uint8Array.from(response);
    // A different bit of each octet, all eight in turn.
    changed[at] = (changed[at] ?? 0) ^ (1 << ((at * 5) % 8));
    const verified = await verify(changed);
    if (verified.ok) {
      believed.push(at);
      expect(verified).toEqual(genuine);
    }
  }
  // Only the status, granted or granted with changes, is nobody's signature.
  expect(believed.length).toBeLessThanOrEqual(1);
});

test('bytes cut out, put in and written over are answered with a verdict', async () => {
  const place = fc.integer({ min: 0, max: response.length - 1 });
  const mutation = fc.record({
    at: place,
    gone: fc.integer({ min: 0, max: 40 }),
    put: fc.uint8Array({ maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
      let changed = response;
      for (const { at, gone, put } of mutations)
        changed = Uint8Array.from([...changed.subarray(0, at), ...put, ...changed.subarray(at + gone)]);
      const verified = await verify(changed);
      if (verified.ok) expect(verified).toEqual(await verify(response));
    }),
    { numRuns: 1_500 },
  );
});

test('no bytes at all, in answers or in roots, end in anything but a verdict', async () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 60 }).map(nested));
  await fc.assert(
    fc.asyncProperty(bytes, async (hostile) => {
      expect(await verify(hostile)).toMatchObject({ ok: false });
      const root = `-----BEGIN CERTIFICATE-----\n${Buffer.from(hostile).toString('base64')}\n-----END CERTIFICATE-----`;
      expect(await verifyTimeStamp({ response, digest, roots: [root] })).toMatchObject({ code: 'untrusted_root' });
    }),
    { numRuns: 1_500 },
  );
});

/** Well-formed lists in lists around it, deeper than any stack should go. */
function nested(core: Uint8Array): Uint8Array {
  let bytes = core;
  for (let depth = 0; depth < 60 && bytes.length < 120; depth += 1)
    bytes = Uint8Array.from([0x30, bytes.length, ...bytes]);
  return bytes;
}

test.each([
  ['an INTEGER with a needless zero', '02020001'],
  ['an INTEGER of nothing', '0200'],
  ['a BOOLEAN that is neither', '010101'],
  ['a BIT STRING with dirt in its unused bits', '03020101'],
  ['an object identifier that begins with a blank', '06028001'],
  ['an object identifier without an end', '060181'],
  ['an object identifier of 65 octets', `0641${'81'.repeat(64)}01`],
  ['a NULL with content', '050100'],
  ['a length without an end', '3080020101 0000'],
  ['a length in a longer form', '30810302 0101'],
  ['a tag of many octets', '1f8101 00'],
  ['a private tag', 'c00101'],
  ['octets in pieces', '2405040301 0203'],
  ['nothing', ''],
])('%s is not read', (_what, hex) => {
  expect(() => readDer(new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex')))).toThrow(Unreadable);
});
