import { readHash } from './algorithm.ts';
import { readExtensions } from './certificate.ts';
import { type Bytes, type Der, readDer, Unreadable } from './der.ts';
import { contextTag, readFields, tags } from './der-fields.ts';
import { booleanOf, integerHexOf, objectIdentifierOf, smallIntegerOf, timeOf } from './der-values.ts';

/** What an authority states in a token (TSTInfo). */
export type TimeStampFacts = {
  policy: string;
  /** The stamped digest; absent when it is not of SHA-256. */
  digest?: Bytes;
  serialNumber: string;
  genTime: Date;
  nonce?: string;
};

/** RFC 3161, 2.4.2. Throws `Unreadable`. */
export function readTimeStampFacts(content: Bytes): TimeStampFacts {
  return readFields(readDer(content), tags.sequence, (fields) => {
    if (smallIntegerOf(fields.take(tags.integer)) !== 1) throw new Unreadable('the facts are not of version 1');
    const policy = objectIdentifierOf(fields.take(tags.objectIdentifier));
    const digest = readImprint(fields.take(tags.sequence));
    const serialNumber = integerHexOf(fields.take(tags.integer));
    const genTime = timeOf(fields.take(tags.generalizedTime));
    // How exact the clock is, whether stamps are ordered: stated, and nothing here is decided by them.
    fields.takeIf(tags.sequence);
    const ordering = fields.takeIf(tags.boolean);
    if (ordering) booleanOf(ordering);
    const nonce = fields.takeIf(tags.integer);
    // The authority's own name; who it is comes from its certificate.
    fields.takeIf(contextTag(0));
    refuseCritical(fields.takeIf(contextTag(1)));
    return {
      policy,
      serialNumber,
      genTime,
      ...(digest ? { digest } : {}),
      ...(nonce ? { nonce: integerHexOf(nonce) } : {}),
    };
  });
}

function readImprint(imprint: Der): Bytes | undefined {
  return readFields(imprint, tags.sequence, (fields) => {
    const hash = readHash(fields.take(tags.sequence));
    const { content } = fields.take(tags.octetString);
    return hash === 'SHA-256' ? content : undefined;
  });
}

function refuseCritical(extensions: Der | undefined): void {
  const all = extensions ? [...readExtensions(extensions, contextTag(1)).values()] : [];
  if (all.some(({ isCritical }) => isCritical)) throw new Unreadable('the facts have a critical extension');
}
