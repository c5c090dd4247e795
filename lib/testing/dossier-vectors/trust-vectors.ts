import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { sandboxPolicy } from '#lib/providers/rfc3161/sandbox/read-query.ts';
import { json, makeAuthority, referenceDossier, stampBy } from '../reference-dossier.ts';
import type { Files } from '../reference-log.ts';
import { strangersWitness } from './proof-vectors.ts';
import { type DossierVector, edit, flipped, made, put, replace, trusting, without } from './vector.ts';

/** Time stamps of the wrong thing or by the wrong hand, and people who trust otherwise or not in a readable way. */
export const trustVectors: DossierVector[] = [
  stamps('of another checkpoint', 'TAMPERED', async (files) =>
    files.set('timestamps/authority-1.tsr', await ofAnotherCheckpoint()),
  ),
  stamps('by an authority that signed itself', 'INVALID', async (files) =>
    files.set('timestamps/authority-1.tsr', await byStranger(files, 'stranger')),
  ),
  stamps('by a stranger under the name of a trusted authority', 'INVALID', async (files) =>
    files.set('timestamps/authority-1.tsr', await byStranger(files, 'first')),
  ),
  stamps('by a stranger, beside two good ones', 'INVALID', async (files) =>
    files.set('timestamps/stranger.tsr', await byStranger(files, 'stranger')),
  ),
  stamps('twice by the same authority', 'INCOMPLETE', (files) =>
    put('timestamps/authority-2.tsr', files.get('timestamps/authority-1.tsr') ?? '')(files),
  ),
  stamps('by one authority alone', 'INCOMPLETE', without('timestamps/authority-2.tsr')),
  stamps('by nobody', 'INCOMPLETE', without('timestamps/authority-1.tsr', 'timestamps/authority-2.tsr')),
  stamps('that are none', 'INVALID', put('timestamps/authority-1.tsr', 'stamped')),
  stamps('of no length', 'INVALID', put('timestamps/authority-1.tsr', '')),
  stamps('with something after their end', 'INVALID', (files) =>
    put(
      'timestamps/authority-1.tsr',
      Buffer.concat([files.get('timestamps/authority-1.tsr') ?? Buffer.alloc(0), Buffer.from('x')]),
    )(files),
  ),
  stamps(
    'refused by the authority',
    'INVALID',
    put('timestamps/authority-1.tsr', Buffer.from('30053003020102', 'hex')),
  ),
  stamps('with another signature', 'INVALID', (files) => {
    const bytes = files.get('timestamps/authority-1.tsr') ?? new Uint8Array(0);
    put('timestamps/authority-1.tsr', flipped(bytes, bytes.length * 8 - 9))(files);
  }),
  awaiting('from an authority, beside the other’s', 'VALID_INTERIM', ['authority-2'], ['authority-2']),
  awaiting('from both authorities', 'VALID_INTERIM', ['authority-1', 'authority-2'], ['authority-1', 'authority-2']),
  awaiting('from nobody, and one is missing', 'INCOMPLETE', undefined, ['authority-2']),
  awaiting('from an authority whose stamp is there', 'TAMPERED', ['authority-1'], ['authority-2']),
  awaiting('from no authority by name', 'TAMPERED', [], ['authority-2']),
  awaiting('from what is no name', 'TAMPERED', [1], ['authority-2']),
  awaiting('by a dossier that calls itself final', 'TAMPERED', ['authority-2'], ['authority-2'], { state: 'final' }),
  awaiting('for no checkpoint', 'TAMPERED', ['authority-1'], [], { stage: 'accepted', isLogged: false }),
  awaiting('from a third, beside a stamp of another checkpoint', 'TAMPERED', ['authority-3'], [], {
    changeProofs: async (files) => {
      files.set('timestamps/authority-1.tsr', await ofAnotherCheckpoint());
    },
  }),
  trusting('time: one authority is enough', 'VALID', () => ({ timeStampQuorum: 1 })),
  trusting('time: three are asked for', 'INCOMPLETE', () => ({ timeStampQuorum: 3 })),
  trusting('time: one of the two is trusted', 'INVALID', ({ timeStampRoots }) => ({
    timeStampRoots: timeStampRoots.slice(0, 1),
    timeStampQuorum: 1,
  })),
  trusting('time: no root is trusted, and none is asked for', 'VALID', () => ({
    timeStampRoots: [],
    timeStampQuorum: 0,
  })),
  trusting('time: no root is trusted', 'INCOMPLETE', () => ({ timeStampRoots: [] })),
  trusting('time: the policy of the stamps is among those asked for', 'VALID', () => ({
    timeStampPolicies: ['2.16.76.1.6.1', sandboxPolicy],
  })),
  trusting('time: another policy is asked for', 'INVALID', () => ({ timeStampPolicies: [`${sandboxPolicy}.1`] })),
  trusting('time: no policy is taken', 'INVALID', () => ({ timeStampPolicies: [] })),
  trusting('time: another policy is asked for, and no root is trusted', 'VALID', () => ({
    timeStampRoots: [],
    timeStampQuorum: 0,
    timeStampPolicies: ['1.2'],
  })),

  ...(
    [
      ['with a version that is not known', () => ({ version: 2 })],
      ['with a member more', () => ({ more: 1 })],
      ['without witnesses', () => ({ witnesses: undefined })],
      ['with a seal key of 31 bytes', () => ({ seal: [Buffer.alloc(31).toString('base64')] })],
      ['with a log that is no key', () => ({ logs: ['log.example'] })],
      ["with a witness's key for a log", () => ({ logs: [strangersWitness('log.example')] })],
      ['with a quorum that is no number', () => ({ witnessQuorum: '1' })],
      ['with a quorum below zero', () => ({ timeStampQuorum: -1 })],
      ['with half a quorum', () => ({ timeStampQuorum: 0.5 })],
      ['with a policy that is a word', () => ({ timeStampPolicies: ['any'] })],
      ['with a policy written otherwise', () => ({ timeStampPolicies: ['1.02.3'] })],
      ['with one policy that is no list', () => ({ timeStampPolicies: sandboxPolicy })],
    ] satisfies [string, () => Record<string, unknown>][]
  ).map(([what, change]) =>
    withTrustFile(what, 'INPUT_ERROR', (trust) => json({ ...JSON.parse(Buffer.from(trust).toString()), ...change() })),
  ),
  withTrustFile('with a name twice', 'INPUT_ERROR', (trust) =>
    Buffer.from(Buffer.from(trust).toString().replace('{', '{"version":1,')),
  ),
  withTrustFile('that is no JSON', 'INPUT_ERROR', () => Buffer.from('trust me')),
  withTrustFile('of no length', 'INPUT_ERROR', () => Buffer.alloc(0)),
  withTrustFile('of 4 MiB', 'VALID', (trust) => paddedTo(4 * 1024 * 1024, trust)),
  withTrustFile('of 4 MiB and a byte', 'INPUT_ERROR', (trust) => paddedTo(4 * 1024 * 1024 + 1, trust)),
  withTrustFile('with spaces', 'VALID', (trust) =>
    Buffer.from(JSON.stringify(JSON.parse(Buffer.from(trust).toString()), null, 2)),
  ),
  { name: 'no trust file', verdict: 'INCOMPLETE', make: async () => ({ dossier: (await referenceDossier()).dossier }) },
  {
    name: 'no trust file, for something else than a dossier',
    verdict: 'INPUT_ERROR',
    make: async () => ({ dossier: Buffer.from('x') }),
  },
  {
    name: 'no trust file, for a changed dossier',
    verdict: 'TAMPERED',
    make: () =>
      referenceDossier({ changeFiles: replace('contract.txt', '12', '13') }).then(({ dossier }) => ({ dossier })),
  },
];

function stamps(what: string, verdict: Verdict, change: (files: Files) => unknown): DossierVector {
  return made(`time: stamps ${what}`, verdict, {
    changeProofs: async (files) => {
      await change(files);
    },
  });
}

/** What evidence.json says is still to come, in a dossier without some of its stamps. */
function awaiting(
  what: string,
  verdict: Verdict,
  pending: unknown,
  missing: string[],
  options: Parameters<typeof made>[2] = {},
): DossierVector {
  return made(`time: a stamp awaited ${what}`, verdict, {
    state: 'interim',
    changeProofs: without(...missing.map((name) => `timestamps/${name}.tsr`)),
    changeFiles: edit<{ integrity: Record<string, unknown> }>('evidence.json', ({ integrity }) => {
      if (pending === undefined) delete integrity.timeStampsPending;
      else integrity.timeStampsPending = { value: pending, source: 'server' };
    }),
    ...options,
  });
}

function withTrustFile(what: string, verdict: Verdict, change: (trust: Uint8Array) => Uint8Array): DossierVector {
  return {
    name: `a trust file ${what}`,
    verdict,
    make: async () => {
      const { dossier, trust } = await referenceDossier();
      return { dossier, trust: change(trust) };
    },
  };
}

/** The same with spaces behind it, which say nothing. */
function paddedTo(length: number, trust: Uint8Array): Uint8Array {
  return Buffer.concat([trust, Buffer.alloc(length - trust.length, ' ')]);
}

async function byStranger(files: Files, name: string): Promise<Uint8Array> {
  const { signatory } = await makeAuthority(name);
  return stampBy(signatory, files.get('proofs/checkpoint'));
}

async function ofAnotherCheckpoint(): Promise<Uint8Array> {
  const { files } = await referenceDossier({ stage: 'declined' });
  return files.get('timestamps/authority-1.tsr') ?? new Uint8Array(0);
}
