import { type Der, Unreadable } from './der.ts';
import { readFields, tags } from './der-fields.ts';
import { objectIdentifierOf } from './der-values.ts';

/** Hashes that a signature or an imprint may rest on; SHA-1 and older are refused. */
export type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512';

const hashes: Record<string, Hash> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

/** An AlgorithmIdentifier taken apart; parameters that are NULL count as none. */
export type Algorithm = { identifier: string; parameters?: Der };

/** Throws Unreadable for parameters of a kind that none of the known algorithms has. */
export function readAlgorithm(value: Der): Algorithm {
  return readFields(value, tags.sequence, (fields) => {
    const identifier = objectIdentifierOf(fields.take(tags.objectIdentifier));
    if (fields.takeIf(tags.null)) return { identifier };
    const parameters = fields.takeIf(tags.sequence) ?? fields.takeIf(tags.objectIdentifier);
    return { identifier, ...(parameters ? { parameters } : {}) };
  });
}

/** `undefined` for a hash that we do not take. */
export function readHash(value: Der): Hash | undefined {
  const { identifier, parameters } = readAlgorithm(value);
  if (parameters) throw new Unreadable('a hash has parameters');
  return hashes[identifier];
}
