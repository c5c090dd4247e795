import { z } from 'zod';

/** Each one costs a request per checkpoint. */
const witnessesMax = 8;
/** A note's verifier key of type 4 (c2sp.org/signed-note): name, id, and 33 bytes in base64, the first of them a 4. */
const cosignerShape = /^[^+\s]{1,150}\+[0-9a-f]{8}\+B[A-P][A-Za-z0-9+/]{42}$/;

/** Who is asked to cosign the log's checkpoints: where it is reached, and the key by which its word is known. */
export type WitnessSetting = { url: string; verifierKey: string };

/** `none`, or pairs of an address and a verifier key, divided by commas. Whether an id fits its key is seen when the key is used. */
export const witnessList = z.string().transform((value, context): WitnessSetting[] => {
  if (value.toLowerCase() === 'none') return [];
  const entries = value
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const witnesses = entries.map((entry) => {
    const [url = '', verifierKey = '', ...more] = entry.split(/\s+/);
    return { url, verifierKey: [verifierKey, ...more].join(' ') };
  });
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  for (const [index, witness] of witnesses.entries()) {
    const fault = witnessFault(witness) ?? repetition(witness, witnesses.slice(0, index));
    if (fault) refuse(`has the entry ${JSON.stringify(entries[index])}, which ${fault}`);
  }
  if (witnesses.length > witnessesMax) refuse(`names more than ${witnessesMax} witnesses`);
  return witnesses;
});

/** Plain http will do: what is sent is public, and what comes back is signed. */
function witnessFault({ url, verifierKey }: WitnessSetting): string | undefined {
  const address = URL.parse(url);
  if (address?.protocol !== 'https:' && address?.protocol !== 'http:') return 'does not begin with an address';
  if (address.username || address.password) return 'must not hold a user name or password';
  if (address.search || address.hash) return 'must not have a query';
  return cosignerShape.test(verifierKey) ? undefined : 'does not end with the key of a witness';
}

/** The public half decides: under two names it would still be one witness. */
function repetition({ url, verifierKey }: WitnessSetting, before: WitnessSetting[]): string | undefined {
  if (before.some((other) => other.verifierKey.slice(-44) === verifierKey.slice(-44))) return 'has a key twice';
  return before.some((other) => other.url === url) ? 'has an address twice' : undefined;
}
