import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { stampedBy } from '#lib/testing/hostile-stamps.ts';
import { openssl } from '#lib/testing/openssl.ts';
import { keys, opensslAuthority } from '#lib/testing/openssl-authority.ts';
import { timeStampRequest } from './request.ts';
import { verifyTimeStamp } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-tsa-'));
afterAll(() => rmSync(folder, { recursive: true }));

const digest = createHash('sha256').update('a signed note').digest();
const otherDigest = createHash('sha256').update('another signed note').digest();
const nonce = Buffer.from('00f1e2d3c4b5a6978811223344556677', 'hex');
const query = timeStampRequest({ digest, nonce });

describe('a stamp that openssl made', () => {
  test.each([
    ['RSA, SHA-256', { key: keys.rsa, digest: 'sha256' }],
    ['RSA, SHA-384', { key: keys.rsa, digest: 'sha384', certificateHash: 'sha512' }],
    ['RSA, SHA-512', { key: keys.rsa, digest: 'sha512' }],
    ['P-256, SHA-256', { key: keys.p256, digest: 'sha256' }],
    ['P-256, SHA-512', { key: keys.p256, digest: 'sha512' }],
    ['P-384, SHA-384', { key: keys.p384, digest: 'sha384' }],
    ['P-521, SHA-512', { key: keys.p521, digest: 'sha512' }],
    ['the older name of its certificate', { key: keys.rsa, certificateHash: 'sha1' }],
    ['an authority in between', { key: keys.p256, hasIntermediate: true }],
  ] as const)('is believed under its root: %s', async (_what, options) => {
    const authority = opensslAuthority({ folder, ...options, key: [...options.key] });
    const before = new Date();
    const response = authority.reply(query);
    const verified = await verifyTimeStamp({ response, digest, nonce, roots: [authority.root] });
    expect(verified).toMatchObject({ ok: true, policy: '1.2.3.4' });
    if (!verified.ok) return;
    expect(Math.abs(verified.time.getTime() - before.getTime())).toBeLessThan(60_000);
    expect(verified.authority).toMatch(/^CN=authority-\d+-signer, O=Example, C=BR$/);
    expect(verified.chain).toHaveLength('hasIntermediate' in options ? 3 : 2);
    const certificate = new Uint8Array(authority.certificate.toSchema(true).toBER());
    expect(verified.certificateSha256).toBe(createHash('sha256').update(certificate).digest('hex'));
  });

  test('is believed years later without the nonce, when the root stands anywhere among the given', async () => {
    const [authority, other] = [opensslAuthority({ folder }), opensslAuthority({ folder })];
    const response = authority.reply(query);
    const bundle = `# ours\n${other.root}${authority.root}`;
    expect(await verifyTimeStamp({ response, digest, roots: [bundle] })).toMatchObject({ ok: true });
    expect(await verifyTimeStamp({ response, digest, roots: [other.root, authority.root] })).toMatchObject({
      ok: true,
    });
  });
});

describe('a stamp is refused', () => {
  const authority = opensslAuthority({ folder });
  const response = authority.reply(query);
  const roots = [authority.root];
  const codeOf = async (given: Partial<Parameters<typeof verifyTimeStamp>[0]>) => {
    const verified = await verifyTimeStamp({ response, digest, roots, ...given });
    return verified.ok ? 'ok' : verified.code;
  };

  test('that is of something else', async () => {
    expect(await codeOf({ digest: otherDigest })).toBe('wrong_imprint');
    const longer = openssl(folder, ['ts', '-query', '-sha384', '-digest', 'ab'.repeat(48), '-cert']);
    expect(await codeOf({ response: authority.reply(longer) })).toBe('wrong_imprint');
  });

  test('that answers another request', async () => {
    expect(await codeOf({ nonce: Buffer.from('01') })).toBe('wrong_nonce');
    const without = openssl(folder, [
      'ts',
      '-query',
      '-sha256',
      '-digest',
      digest.toString('hex'),
      '-cert',
      '-no_nonce',
    ]);
    expect(await codeOf({ response: authority.reply(without), nonce })).toBe('wrong_nonce');
  });

  test('that was not granted', async () => {
    const refused = authority.reply(openssl(folder, ['ts', '-query', '-sha512', '-digest', 'ab'.repeat(64), '-cert']));
    expect(await verifyTimeStamp({ response: refused, digest, roots })).toEqual({
      ok: false,
      code: 'not_granted',
      detail: expect.stringContaining('unknown or refused algorithm'),
    });
  });

  test('that brings no certificate, or another than its own', async () => {
    const bare = openssl(folder, ['ts', '-query', '-sha256', '-digest', digest.toString('hex')]);
    expect(await codeOf({ response: authority.reply(bare) })).toBe('wrong_certificate');
  });

  test('under no root, a strange root, or one that cannot be read', async () => {
    expect(await codeOf({ roots: [] })).toBe('untrusted_root');
    expect(await codeOf({ roots: [opensslAuthority({ folder }).root] })).toBe('untrusted_root');
    expect(await codeOf({ roots: [authority.root, 'not a certificate'] })).toBe('untrusted_root');
  });

  test.each([
    ['nothing', () => Buffer.alloc(0)],
    ['a page', () => Buffer.from('<html>not here</html>')],
    ['half of it', () => response.subarray(0, response.length / 2)],
    ['something behind it', () => Buffer.concat([response, Buffer.from([0])])],
    ['too much', () => Buffer.alloc(65_537, 0x30)],
    [
      'a length in a longer form',
      () => Buffer.concat([Buffer.from([0x30, 0x83, 0, ...response.subarray(2, 4)]), response.subarray(4)]),
    ],
  ])('that is malformed: %s', async (_what, bytes) => {
    expect(await codeOf({ response: bytes() })).toBe('malformed');
  });

  test.each([
    ['is for something else too', ['extendedKeyUsage=critical,timeStamping,codeSigning']],
    ['is for something else', ['extendedKeyUsage=critical,serverAuth']],
    ['says so only in passing', ['extendedKeyUsage=timeStamping']],
    ['says nothing of its use', ['keyUsage=critical,digitalSignature']],
    ['may encrypt', ['keyUsage=critical,digitalSignature,keyEncipherment', 'extendedKeyUsage=critical,timeStamping']],
    [
      'has a critical rule that we do not know',
      ['extendedKeyUsage=critical,timeStamping', '1.2.3.4=critical,DER:0500'],
    ],
  ])('whose certificate %s', async (_what, extensions) => {
    const wrong = opensslAuthority({ folder, extensions });
    const stamp = await stampedBy({ certificate: wrong.certificate, key: await wrong.privateKey(), digest });
    expect(await codeOf({ response: stamp, roots: [wrong.root] })).toBe('wrong_certificate');
  });

  test.each([
    ['may not issue at all', ['basicConstraints=critical,CA:FALSE']],
    ['may not sign certificates', ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature']],
    ['may issue for servers only', ['basicConstraints=critical,CA:TRUE', 'extendedKeyUsage=serverAuth']],
  ])('whose issuer %s', async (_what, issuerExtensions) => {
    const wrong = opensslAuthority({ folder, hasIntermediate: true, issuerExtensions });
    const stamp = await stampedBy({
      certificate: wrong.certificate,
      key: await wrong.privateKey(),
      digest,
      bag: [wrong.certificate, ...wrong.chain],
    });
    expect(await codeOf({ response: stamp, roots: [wrong.root] })).toBe('wrong_certificate');
  });

  test.each([
    ['before its certificate was valid', new Date('2020-02-03T04:05:06Z')],
    ['after its certificate had ended', new Date('2098-02-03T04:05:06Z')],
  ])('that says a time %s', async (_what, at) => {
    const stamp = await stampedBy({
      certificate: authority.certificate,
      key: await authority.privateKey(),
      digest,
      at,
    });
    expect(await codeOf({ response: stamp })).toBe('wrong_certificate');
  });

  test('that another key signed in the name of a trusted authority', async () => {
    const thief = opensslAuthority({ folder });
    const stolen = { certificate: authority.certificate, key: await thief.privateKey(), digest };
    expect(await codeOf({ response: await stampedBy(stolen) })).toBe('bad_signature');
    const bag = [authority.certificate, thief.certificate];
    expect(await codeOf({ response: await stampedBy({ ...stolen, bag }) })).toBe('bad_signature');
    // Its own name beside the signature, the trusted authority's among what was signed: neither may be validated in place of the other.
    expect(await codeOf({ response: await stampedBy({ ...stolen, bag, signer: thief.certificate }) })).toBe(
      'wrong_certificate',
    );
  });

  test('whose signer is unknown, with a trusted certificate beside it', async () => {
    const thief = opensslAuthority({ folder });
    const bag = [authority.certificate, thief.certificate];
    const stamp = await stampedBy({ certificate: thief.certificate, key: await thief.privateKey(), digest, bag });
    expect(await codeOf({ response: stamp })).toBe('untrusted_root');
  });

  test('whose signed part was changed', async () => {
    // The serial number stands behind the digest.
    const at = response.indexOf(digest) + digest.length + 2;
    const changed = Buffer.from(response);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await codeOf({ response: changed })).toBe('bad_signature');
  });

  test('whose key is too weak or of a kind that is not taken', async () => {
    const weak = opensslAuthority({ folder, key: [...keys.weakRsa] });
    expect(await codeOf({ response: weak.reply(query), roots: [weak.root] })).toBe('bad_signature');
    const old = opensslAuthority({ folder, key: [...keys.rsa], digest: 'sha1' });
    expect(await codeOf({ response: old.reply(query), roots: [old.root] })).toBe('bad_signature');
  });
});
