import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeStampRequest } from '#lib/evidence/verify/time-stamp/request.ts';
import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { issueAuthority, issueRoot, sandboxName } from '#lib/providers/rfc3161/sandbox/issue-certificate.ts';
import { keyAlgorithm, writtenPem } from '#lib/providers/rfc3161/sandbox/pem-block.ts';
import { withUnsignedAttribute } from '../hostile-stamps.ts';
import { keys, opensslAuthority } from '../openssl-authority.ts';
import { makeAuthority, referenceDossier, stampBy, type TrustFile } from '../reference-dossier.ts';
import type { Files } from '../reference-log.ts';
import { type DossierVector, flipped, made, trusting } from './vector.ts';

const first = 'timestamps/authority-1.tsr';
const second = 'timestamps/authority-2.tsr';

/** Time stamps by authorities that may not stamp, or are fewer than they seem, and events that happened after them. */
export const authorityVectors: DossierVector[] = [
  stampedBy('whose key is of 1024 bits', { key: [...keys.weakRsa] }),
  stampedBy('whose certificates rest on SHA-1', { digest: 'sha1' }),
  stampedBy('whose root is nobody to issue', { issuerExtensions: ['keyUsage=critical,keyCertSign'] }),
  stampedBy('below an issuer for servers alone', {
    hasIntermediate: true,
    issuerExtensions: ['basicConstraints=critical,CA:TRUE', 'extendedKeyUsage=serverAuth'],
  }),
  stampedBy('with a critical name of a server', {
    extensions: [
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=critical,timeStamping',
      'subjectAltName=critical,DNS:stamps.example',
    ],
  }),
  ofOneRoot(),
  ofTrustedAuthority(),
  trusting('time: a root under another heading is trusted', 'INVALID', ({ timeStampRoots }) => ({
    timeStampRoots: timeStampRoots.map((pem) => pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')),
  })),
  made('time: a stamp with another signature, where no root is trusted', 'INVALID', {
    changeProofs: breakFirst,
    changeTrust: trustNoAuthority,
  }),
  {
    name: 'no trust file, for a stamp with another signature',
    verdict: 'INVALID',
    make: () => referenceDossier({ changeProofs: breakFirst }).then(({ dossier }) => ({ dossier })),
  },
  made('time: a stamp with an unsigned attribute of 64 octets', 'VALID', { changeProofs: attributeOfFirst(63) }),
  made('time: a stamp with an unsigned attribute of 65 octets', 'INVALID', { changeProofs: attributeOfFirst(64) }),

  lateEvent('five minutes after stamps and witness', 'VALID', '2026-11-20T14:10:00.000Z'),
  lateEvent('more than five minutes after stamps and witness', 'TAMPERED', '2026-11-20T14:10:00.001Z'),
  lateEvent('decades after the stamps', 'TAMPERED', '2099-01-01T00:00:00.000Z', trustNoWitness),
  lateEvent('decades after the witness', 'TAMPERED', '2099-01-01T00:00:00.000Z', trustNoAuthority),
  lateEvent('decades after strangers', 'VALID', '2099-01-01T00:00:00.000Z', (trust) => {
    trustNoAuthority(trust);
    trustNoWitness(trust);
  }),
];

/** What openssl stamped, which its authority was not allowed to. */
function stampedBy(who: string, options: Omit<Parameters<typeof opensslAuthority>[0], 'folder'>): DossierVector {
  const make = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aceite-authority-'));
    try {
      const authority = opensslAuthority({ folder, ...options });
      return await referenceDossier({
        changeProofs: (files) => {
          const digest = createHash('sha256')
            .update(files.get('proofs/checkpoint') ?? '')
            .digest();
          const query = timeStampRequest({ digest, nonce: Buffer.from('0102030405060708', 'hex') });
          files.set(first, new Uint8Array(authority.reply(query)));
          files.delete(second);
        },
        changeTrust: (trust) => Object.assign(trust, { timeStampRoots: [authority.root], timeStampQuorum: 1 }),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  return { name: `time: a stamp by an authority ${who}`, verdict: 'INVALID', make };
}

/** Two certificates with two keys, by one root: one authority that calls itself two. */
function ofOneRoot(): DossierVector {
  const make = async () => {
    const newKeys = () => crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
    const root = { name: sandboxName('Root'), keys: await newKeys() };
    const pem = writtenPem('CERTIFICATE', (await issueRoot(root)).toSchema(true).toBER());
    const stampAs = async (files: Files, name: string) => {
      const authority = { name: sandboxName(name), keys: await newKeys() };
      const { privateKey } = authority.keys;
      const signatory = { certificate: await issueAuthority(authority, root), privateKey };
      files.set(name, await stampBy(signatory, files.get('proofs/checkpoint')));
    };
    return await referenceDossier({
      changeProofs: async (files) => {
        for (const name of [first, second]) await stampAs(files, name);
      },
      changeTrust: (trust) => Object.assign(trust, { timeStampRoots: [pem] }),
    });
  };
  return { name: 'time: stamps by two certificates of one authority', verdict: 'INCOMPLETE', make };
}

/** Whoever trusts a certificate trusts it wherever it stands, not only at the end of a chain. */
function ofTrustedAuthority(): DossierVector {
  const make = async () => {
    const { signatory } = await makeAuthority('alone');
    const own = writtenPem('CERTIFICATE', signatory.certificate.toSchema(true).toBER());
    return await referenceDossier({
      changeProofs: async (files) => {
        files.set(first, await stampBy(signatory, files.get('proofs/checkpoint')));
        files.delete(second);
      },
      changeTrust: (trust) => Object.assign(trust, { timeStampRoots: [own], timeStampQuorum: 1 }),
    });
  };
  return { name: "time: an authority's own certificate is trusted", verdict: 'VALID', make };
}

function breakFirst(files: Files): void {
  const bytes = files.get(first) ?? new Uint8Array(0);
  files.set(first, flipped(bytes, bytes.length * 8 - 9));
}

/** Of a type with so many parts after the first two, which share an octet. */
function attributeOfFirst(parts: number): (files: Files) => void {
  return (files) => {
    files.set(first, withUnsignedAttribute(files.get(first) ?? new Uint8Array(0), `1.2${'.3'.repeat(parts)}`));
  };
}

function trustNoAuthority(trust: TrustFile): void {
  Object.assign(trust, { timeStampRoots: [], timeStampQuorum: 0 });
}

function trustNoWitness(trust: TrustFile): void {
  Object.assign(trust, { witnesses: [], witnessQuorum: 0 });
}

function lateEvent(
  when: string,
  verdict: Verdict,
  occurredAt: string,
  changeTrust: (trust: TrustFile) => void = () => undefined,
): DossierVector {
  return made(`an event ${when}`, verdict, {
    changeStory: (events) => events.push({ type: 'link_opened', actor: 'signer', data: {}, occurredAt }),
    changeTrust,
  });
}
