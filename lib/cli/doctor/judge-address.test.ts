import { expect, test } from 'vitest';
import { type Asked, forgedAddress, judgeAddress } from './judge-address.ts';

const local = { address: '::ffff:198.51.100.7', port: 40_000 };
const untouched = `X-Forwarded-For: ${forgedAddress}`;
const direct = {
  ip: '198.51.100.7',
  trust: 'direct',
  sourcePort: 40_000,
  socketPeer: '198.51.100.7',
  socketPort: 40_000,
  rawForwarded: untouched,
} as const;
const behind = {
  ip: '198.51.100.7',
  trust: 'trusted_proxy',
  sourcePort: 40_000,
  socketPeer: '10.0.0.2',
  socketPort: 1,
  rawForwarded: `${untouched}, 198.51.100.7`,
} as const;

const asked = (seen: Partial<Asked['seen']>, given: Partial<Asked> = {}): Asked => ({
  seen: { ...direct, ...seen },
  local,
  expectsProxy: false,
  isTrusted: false,
  ...given,
});
const within = { expectsProxy: true, isTrusted: true };

test.each<[string, Asked, string, RegExp]>([
  ['nobody between', asked({}), 'ok', /names the client, 198\.51\.100\.7/],
  ['proxies that are set and not passed', asked({}, { expectsProxy: true }), 'warning', /leads past the proxies/],
  ['a proxy on the same machine that adds nothing', asked({ sourcePort: 1, socketPort: 1 }), 'failed', /a proxy at/i],
  ['a proxy that adds a header', asked({ rawForwarded: behind.rawForwarded }), 'failed', /a proxy at/i],
  ['a proxy that removes the header', asked({ rawForwarded: undefined }), 'failed', /a proxy at/i],
  ['a private address that is not ours', asked({ ip: '10.0.0.2', socketPeer: '10.0.0.2' }), 'failed', /10\.0\.0\.2/],
  ['a public address that is not ours', asked({ ip: '198.51.100.8' }), 'warning', /calls itself/],
  ['a proxy that is trusted and names us', asked(behind), 'ok', /with its source port/],
  ['the same without the port', asked({ ...behind, sourcePort: undefined }), 'warning', /no source port/],
  ['the address that the client wrote', asked({ ...behind, ip: forgedAddress }), 'failed', /can choose the address/],
  ['a trusted proxy that names nobody', asked({ ...behind, trust: 'untrusted' }), 'failed', /does not say for whom/],
  ['a second proxy that is not trusted', asked({ ...behind, ip: '10.9.9.9' }), 'failed', /another proxy's address/],
  [
    'a public proxy between that is not trusted',
    asked({ ...behind, ip: '192.0.2.9', rawForwarded: `${behind.rawForwarded}, 192.0.2.9` }),
    'failed',
    /another proxy's address: the outermost one was asked by 198\.51\.100\.7/,
  ],
  [
    'proxies that overwrite, behind a network that changes addresses',
    asked({ ...behind, ip: '192.0.2.9', rawForwarded: 'X-Forwarded-For: 192.0.2.9' }),
    'ok',
    /192\.0\.2\.9/,
  ],
  ['from within, named by the proxy', asked({ ...behind, ip: forgedAddress }, within), 'ok', /name their client/],
  [
    'from within, named by nobody',
    asked({ ...behind, ip: forgedAddress, rawForwarded: untouched }, within),
    'failed',
    /can choose the address/,
  ],
  [
    'from within, with nobody between',
    asked({ ip: forgedAddress }, within),
    'not_checked',
    /names this machine itself/,
  ],
])('%s', (_, given, status, sentence) => {
  expect(judgeAddress(given)).toMatchObject({ status, sentence: expect.stringMatching(sentence) });
});
