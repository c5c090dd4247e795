import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type GuideStep, guideWords } from '#lib/copy/verify-guide.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { isClosing } from '#lib/domain/event-type.ts';
import { siblingSides } from '#lib/evidence/log/merkle.ts';
import { fileOfPart } from '#lib/evidence/verify/file-names.ts';
import { eventEntry } from '../log-entry.ts';
import type { DossierProof, EventLine } from './dossier-files.ts';

/** Of the event that the guide proves by hand: the end of the session, or its last event so far. */
type Told = { events: readonly EventLine[]; proof?: DossierProof | undefined };
type Files = ReadonlyMap<string, Uint8Array>;

/** Beyond this a command line gets long for some shells; such an event is left to the verifier. */
const commandBytesMax = 64 * 1024;

/**
 * `VERIFY.md`: how to check the dossier by hand, with sha256sum and openssl 3 alone (and a POSIX shell to join their inputs). The commands
 * carry their numbers, so that they can be run as they stand; keys and roots come from a trust file that is not in the dossier. Its last
 * part is a list for `sha256sum --check` of every file that the dossier has so far.
 */
export function verifyGuide(files: Files, told: Told): Uint8Array {
  const steps: [GuideStep, string | undefined][] = [
    ['keys', keyCommands(told)],
    ['files', 'sha256sum --check VERIFY.md'],
    ['seal', sealCommands],
    ['receipt', files.has('receipt.sig') ? receiptCommands : undefined],
    ['event', eventCommands(told)],
    ['inclusion', inclusionCommands(told)],
    ['checkpoint', told.proof && checkpointCommands],
    ['time', timeCommands(told)],
    ['certificate', files.has('certificate.pdf') ? 'pdfsig certificate.pdf' : undefined],
  ];
  const parts = steps.flatMap(([step, commands], at) => (commands === undefined ? [] : [part(step, at + 1, commands)]));
  return Buffer.from([guideWords.opening, ...parts, guideWords.closing, checksums(files)].join('\n\n').concat('\n'));
}

function part(step: GuideStep, number: number, commands: string): string {
  const { heading, words } = guideWords.steps[step];
  return [`## ${number}. ${heading}`, ...words, `\`\`\`sh\n${commands}\n\`\`\``].join('\n\n');
}

/** From the trust file as `aceite trust` prints it, one value per line. */
const keyCommands = ({ proof }: Told): string =>
  [
    `SEAL_KEY="$(sed -n '/"seal"/,/]/s/^ *"\\([A-Za-z0-9+/]*=*\\)",*$/\\1/p' trust.json | sed -n 1p)"`,
    ...(proof ? logKeyCommands : []),
    'echo "SEAL_KEY $SEAL_KEY LOG_KEY $LOG_KEY"',
  ].join('\n');

const logKeyCommands = [
  `LOG_KEY="$(grep -F "\\"$(head -n 1 proofs/checkpoint)+" trust.json | tr -d ' ",' | cut -d + -f 3- | sed -n 1p)"`,
  'TIME_STAMP_ROOTS=roots.pem',
  `printf '%b\\n' "$(sed -n 's/^.*"\\(-----BEGIN [^"]*\\)".*$/\\1/p' trust.json)" > "$TIME_STAMP_ROOTS"`,
];

/** RFC 8410: what stands before the 32 bytes of an Ed25519 public key in its usual form. */
const spkiStart = '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000';

const sealCommands = `{ printf '${spkiStart}'; printf '%s\\n' "$SEAL_KEY" | openssl base64 -d; } | openssl pkey -pubin -inform DER -out seal.pem
openssl pkeyutl -verify -pubin -inkey seal.pem -rawin -in manifest.json -sigfile manifest.sig
grep -c "$(sha256sum < VERIFY.md | cut -c1-64)" manifest.json`;

const receiptCommands = 'openssl pkeyutl -verify -pubin -inkey seal.pem -rawin -in receipt.json -sigfile receipt.sig';

/** From the words of the event to its hash in the chain; each file that it commits to is hashed on the way. */
function eventCommands({ events }: Told): string | undefined {
  const event = provedEvent(events);
  if (!event) return undefined;
  const { hash, prevHash, salt, sequence, occurredAt, ...content } = event;
  const said = canonicalJson(content);
  if (said.length > commandBytesMax) return undefined;
  const commits = Object.entries((event.private as { commits?: Record<string, string> } | undefined)?.commits ?? {});
  return [
    ...commits.map(
      ([name, commit]) =>
        `{ printf 'aceite-part-v1\\n'; printf '${octal(salt)}'; cat ${fileOfPart(name) ?? name}; } | sha256sum # ${commit}`,
    ),
    `{ printf 'aceite-event-v1\\n'; printf '${octal(salt)}'; printf '%s' ${quoted(said)}; } | openssl dgst -sha256 -binary > content`,
    `{ printf 'aceite-chain-v1\\n'; printf '${octal(prevHash)}'; cat content; printf '%s' '${sequence}|${occurredAt}'; } | openssl dgst -sha256 -binary > event`,
    `openssl base64 -in event # ${Buffer.from(hash, 'hex').toString('base64')}`,
  ].join('\n');
}

/** From the event, behind the byte by which the log tells its kind, up the tree: each line joins what was found with its neighbour. The last one compares with the signed root. */
function inclusionCommands({ events, proof }: Told): string | undefined {
  const event = provedEvent(events);
  const place = proof?.events.find(({ sequence }) => sequence === event?.sequence);
  if (!event || !place || !proof) return undefined;
  const kind = bytesToHex(eventEntry(event).subarray(0, 1));
  const size = Number(Buffer.from(proof.checkpoint).toString('utf8').split('\n')[1]);
  return [
    `{ printf '\\000${octal(kind)}'; cat event; } | openssl dgst -sha256 -binary > node`,
    ...siblingSides(place.index, size).map((side, at) => {
      const neighbour = `printf '${octal(bytesToHex(place.hashes[at] ?? new Uint8Array()))}'`;
      const [first, second] = side === 'left' ? [neighbour, 'cat node'] : ['cat node', neighbour];
      return `{ printf '\\001'; ${first}; ${second}; } | openssl dgst -sha256 -binary > next && mv next node`;
    }),
    `test "$(openssl base64 -in node)" = "$(sed -n 3p proofs/checkpoint)" && echo "OK"`,
  ].join('\n');
}

const checkpointCommands = `printf '%s\\n' "$LOG_KEY" | openssl base64 -d | tail -c 32 > log.raw
{ printf '${spkiStart}'; cat log.raw; } | openssl pkey -pubin -inform DER -out log.pem
head -n 3 proofs/checkpoint > log.txt
sed -n 's/^— [^ ]* //p' proofs/checkpoint | openssl base64 -d -A | tail -c 64 > log.sig
openssl pkeyutl -verify -pubin -inkey log.pem -rawin -in log.txt -sigfile log.sig`;

function timeCommands({ proof }: Told): string | undefined {
  if (!proof || proof.timeStamps.length === 0) return undefined;
  return proof.timeStamps
    .map(
      ({ authority }) =>
        `openssl ts -verify -in timestamps/${authority}.tsr -data proofs/checkpoint -CAfile "$TIME_STAMP_ROOTS"
openssl ts -reply -in timestamps/${authority}.tsr -text | grep 'Time stamp'`,
    )
    .join('\n');
}

const provedEvent = (events: readonly EventLine[]): EventLine | undefined =>
  events.find(({ type }) => isClosing(type)) ?? events.at(-1);

/** For the lines of `sha256sum --check`, which passes over all others. */
const checksums = (files: Files): string =>
  [
    '```',
    ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => `${bytesToHex(sha256(bytes))}  ${name}`),
    '```',
  ].join('\n');

/** Bytes as every POSIX printf writes them. */
const octal = (hex: string): string =>
  hex.replace(/../g, (byte) => `\\${Number.parseInt(byte, 16).toString(8).padStart(3, '0')}`);

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
