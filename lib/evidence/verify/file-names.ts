import { zipLimits } from '#lib/evidence/dossier/zip-format.ts';

/** Every name that a file of this format can have. The numbers in names are decimal from 1, without leading zeros. */
const fixedNames = [
  'manifest.json',
  'manifest.sig',
  'session.json',
  'contract-facts.json',
  'contract.txt',
  'acceptance.json',
  'evidence.json',
  'events.jsonl',
  'receipt.json',
  'receipt.sig',
  'consent/agreeContract.txt',
  'consent/agreeMethod.txt',
  'consent/notice.txt',
  'lender/request.json',
  'lender/response.json',
  'proofs/checkpoint',
  'proofs/cosignatures',
  'keys/history.jsonl',
  'certificate.pdf',
  'STATEMENT.md',
  'VERIFY.md',
  'verify.py',
];

const numbered = {
  details: /^details-([1-9]\d*)\.json$/,
  /** Of the bodies that took the place of the first, by which number. */
  request: /^lender\/request-([2-9]|[1-9]\d{1,2})\.json$/,
  attempt: /^lender\/attempts\/([a-zA-Z0-9][a-zA-Z0-9_-]*)\.json$/,
  eventProof: /^proofs\/([1-9]\d*)\.tlog-proof$/,
  statementProof: /^proofs\/statement-([1-9]\d*)\.tlog-proof$/,
  timeStamp: /^timestamps\/([a-zA-Z0-9][a-zA-Z0-9_-]*)\.tsr$/,
};
type Numbered = keyof typeof numbered;

/** A name that a dossier may list. An unknown one is refused, for no check would ever read it. */
export function isFileOfFormat(name: string): boolean {
  if (name.length > zipLimits.nameLength) return false;
  return fixedNames.includes(name) || Object.values(numbered).some((pattern) => pattern.test(name));
}

/** The files of one kind, with what stands in the place of the number or id. */
export function filesOf(kind: Numbered, names: Iterable<string>): { name: string; id: string }[] {
  return [...names].flatMap((name) => {
    const id = numbered[kind].exec(name)?.[1];
    return id === undefined ? [] : [{ name, id }];
  });
}

const partFiles: Record<string, string> = {
  session: 'session.json',
  contract: 'contract.txt',
  'contract-facts': 'contract-facts.json',
  acceptance: 'acceptance.json',
  'lender-request': 'lender/request.json',
};

/** The file of a part that an event commits to by name; undefined for a name that no file belongs to. */
export function fileOfPart(part: string): string | undefined {
  if (Object.hasOwn(partFiles, part)) return partFiles[part];
  if (part.startsWith('lender-request-')) return matched('request', `lender/${part.replace(/^lender-/, '')}.json`);
  if (part.startsWith('attempt-')) return matched('attempt', `lender/attempts/${part.replace(/^attempt-/, '')}.json`);
  return matched('details', `${part}.json`);
}

const matched = (kind: Numbered, name: string) => (numbered[kind].test(name) ? name : undefined);

/** The bodies that the lender was sent, from the first, as far as they are there. */
export function requestsIn(
  files: ReadonlyMap<string, Uint8Array>,
): { name: string; number: number; bytes: Uint8Array }[] {
  const names = [...filesOf('request', files.keys()), { name: 'lender/request.json', id: '1' }];
  return names
    .flatMap(({ name, id }) => {
      const bytes = files.get(name);
      return bytes ? [{ name, number: Number(id), bytes }] : [];
    })
    .sort((one, other) => one.number - other.number);
}

/** Whether an event has to commit to it. */
export function isPartFile(name: string): boolean {
  const kinds = [numbered.details, numbered.request, numbered.attempt];
  return Object.values(partFiles).includes(name) || kinds.some((pattern) => pattern.test(name));
}
