import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { noteSigner } from '../note-signer.ts';
import { referenceSessionId, sealSigner } from '../reference-dossier.ts';
import type { Files } from '../reference-log.ts';
import { type DossierVector, flipped, made, put, replace, rewrite, trusting, without } from './vector.ts';

const stranger = noteSigner(9);
const strangerKey = Buffer.from(stranger.publicKey).toString('base64');

/** Changes to the list of contents after it was sealed, or sealed again by the portal's own key. */
export const manifestVectors: DossierVector[] = [
  after('manifest: none', 'INPUT_ERROR', without('manifest.json')),
  ...Object.entries({
    'with a space': (text: string) => text.replace(':', ': '),
    'with a line feed at its end': (text: string) => `${text}\n`,
    'with a byte order mark': (text: string) => `\ufeff${text}`,
    'with a name twice': (text: string) => text.replace('"format":', '"format":"aceite-dossier-1","format":'),
    'with another order of its names': (text: string) => text.replace(/^\{("files":.*),("format":"[^"]*")/, '{$2,$1'),
    'of another format': (text: string) => text.replace('aceite-dossier-1', 'aceite-dossier-2'),
    'in another state': (text: string) => text.replace('"final"', '"finished"'),
    'with one member more': (text: string) => text.replace('"signingSessionId"', '"note":"x","signingSessionId"'),
    'without the session': (text: string) => text.replace(/"signingSessionId":"[^"]*",/, ''),
    'with a hash in capitals': (text: string) => text.replace(/[0-9a-f]{64}/, (hash) => hash.toUpperCase()),
    'with a length as a string': (text: string) => text.replace(/"length":(\d+)/, '"length":"$1"'),
    'with a negative length': (text: string) => text.replace(/"length":/, '"length":-'),
    'with a length beyond what a file may have': (text: string) => text.replace(/"length":\d+/, '"length":16777217'),
    'that lists itself': (text: string) => text.replace('{"length"', `${entry('manifest.json')},{"length"`),
    'that lists a file twice': (text: string) => text.replace(/(\{"length":[^}]*\})/, '$1,$1'),
    'that lists a file of no such format': (text: string) => text.replace('VERIFY.md', 'VERIFY.txt'),
    'that lists details of version 02': (text: string) => text.replace('details-1.json', 'details-01.json'),
    'that is no object': () => '[]',
    'that is empty': () => '',
    'that is nested too deep': () => '['.repeat(70_000),
  }).map(([what, change]) => sealedAgain(`manifest: ${what}, sealed`, 'INPUT_ERROR', change)),
  sealedAgain('manifest: another length, sealed', 'TAMPERED', (text) => text.replace(/"length":(\d+)/, '"length":1$1')),
  sealedAgain('manifest: another hash, sealed', 'TAMPERED', (text) => text.replace(/"sha256":"..../, '"sha256":"0000')),
  sealedAgain('manifest: lists a file that is not there, sealed', 'TAMPERED', (text) =>
    text.replace(/(\{[^{}]*details-1\.json[^{}]*\})/, `$1,${entry('details-2.json')}`),
  ),
  sealedAgain('manifest: another session, sealed', 'TAMPERED', (text) =>
    text.replace(referenceSessionId, referenceSessionId.replace('3f', '4f')),
  ),
  after('manifest: a file that is not listed', 'TAMPERED', put('extra.txt', 'x')),
  after('manifest: a file replaced after sealing', 'TAMPERED', replace('STATEMENT.md', 'STATEMENT', 'statement')),
  after('manifest: a file taken away after sealing', 'TAMPERED', without('certificate.pdf')),
  ...Object.entries({
    'is no JSON any more': replace('evidence.json', /^\{/, '['),
    'has a name twice': replace('evidence.json', '"final":true', '"final":true,"final":true'),
    'is not UTF-8 any more': put('evidence.json', Buffer.from('{"a":"\xff"}', 'latin1')),
    'is empty': put('session.json', ''),
    'lacks a member': replace('acceptance.json', '"acceptedAt"', '"acceptedat"'),
    'has no meaning any more': replace('evidence.json', /"sha256":\{[^}]*\}/, '"sha256":{}'),
    'has too many values': replace('evidence.json', '"keeping":{', `"keeping":{"a":[0${',0'.repeat(100_000)}],`),
    'has lines without an end': rewrite('events.jsonl', (text) => text.slice(0, -1)),
  }).map(([what, change]) => after(`manifest: a record that ${what}, changed after sealing`, 'TAMPERED', change)),
  made('manifest: a record that nobody can read, and another file replaced after sealing', 'TAMPERED', {
    changeFiles: rewrite('evidence.json', (text) => `${text}{}`),
    changeSealed: replace('STATEMENT.md', 'STATEMENT', 'statement'),
  }),
  after('manifest: a record and the list itself that cannot be read', 'INPUT_ERROR', (files) => {
    replace('evidence.json', /^\{/, '[')(files);
    replace('manifest.json', /^\{/, '[')(files);
  }),
  after('seal: none', 'INCOMPLETE', without('manifest.sig')),
  after('seal: of 63 bytes', 'INVALID', put('manifest.sig', new Uint8Array(63))),
  after('seal: nothing but zeros', 'INVALID', put('manifest.sig', new Uint8Array(64))),
  after('seal: one bit turned over', 'INVALID', (files) =>
    files.set('manifest.sig', flipped(files.get('manifest.sig'), 77)),
  ),
  after('seal: by a key that is not trusted', 'INVALID', async (files) =>
    files.set('manifest.sig', await stranger.sign(files.get('manifest.json') ?? new Uint8Array(0))),
  ),
  trusting('seal: another key is trusted', 'INVALID', () => ({ seal: [strangerKey] })),
  trusting('seal: one of two keys is trusted', 'VALID', ({ seal }) => ({ seal: [strangerKey, ...seal] })),
  trusting('seal: no key is trusted', 'INCOMPLETE', () => ({ seal: [] })),
  made('receipt: signed by another key', 'INVALID', {
    changeFiles: async (files) => {
      files.set('receipt.sig', await stranger.sign(files.get('receipt.json') ?? new Uint8Array(0)));
    },
  }),
  made('receipt: with the signature of something else', 'INVALID', {
    changeFiles: async (files) => {
      files.set('receipt.sig', await sealSigner.sign(Buffer.from('something else')));
    },
  }),
  made('receipt: with a signature of no length', 'INVALID', { changeFiles: put('receipt.sig', new Uint8Array(0)) }),
];

const entry = (name: string): string => `{"length":1,"name":"${name}","sha256":"${'0'.repeat(64)}"}`;

/** Nothing is made anew around the change. */
function after(name: string, verdict: Verdict, change: (files: Files) => unknown): DossierVector {
  return made(name, verdict, {
    changeSealed: async (files) => {
      await change(files);
    },
  });
}

function sealedAgain(name: string, verdict: Verdict, change: (text: string) => string): DossierVector {
  return after(name, verdict, async (files) => {
    rewrite('manifest.json', change)(files);
    files.set('manifest.sig', await sealSigner.sign(files.get('manifest.json') ?? new Uint8Array(0)));
  });
}
