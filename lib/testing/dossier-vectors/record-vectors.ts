import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { type DossierVector, edit, made, put, replace, resealed, rewrite, without } from './vector.ts';

type Evidence = Record<string, Record<string, unknown>>;

/** Records that are not what their format says, all of them listed and sealed by the portal's own key. */
export const recordVectors: DossierVector[] = [
  ...(
    [
      ['a name twice', 'INPUT_ERROR', (text) => text.replace('"final":true', '"final":true,"final":true')],
      [
        'a name twice, once escaped',
        'INPUT_ERROR',
        (text) => text.replace('"final":true', '"final":true,"f\\u0069nal":false'),
      ],
      ['something after its end', 'INPUT_ERROR', (text) => `${text}{}`],
      ['a line feed after its end', 'INPUT_ERROR', (text) => `${text}\n`],
      ['a byte order mark', 'INPUT_ERROR', (text) => `\ufeff${text}`],
      ['a space', 'INPUT_ERROR', (text) => text.replace(':', ': ')],
      ['a character escaped that need not be', 'INPUT_ERROR', (text) => text.replace('"final"', '"fina\\u006c"')],
      [
        'a number written otherwise',
        'INPUT_ERROR',
        (text) =>
          text.replace(
            /"byteLength":\{"source":"server","value":(\d+)/,
            '"byteLength":{"source":"server","value":$1.0',
          ),
      ],
      ['a number that is none', 'INPUT_ERROR', (text) => text.replace(/"final":true/, '"final":NaN')],
      ['a number beyond all numbers', 'INPUT_ERROR', (text) => text.replace(/"keeping":\{/, '"keeping":{"a":1e999,')],
      ['minus zero', 'INPUT_ERROR', (text) => text.replace(/"keeping":\{/, '"keeping":{"a":-0,')],
      [
        'a whole number that no double holds',
        'INPUT_ERROR',
        (text) => text.replace(/"keeping":\{/, '"keeping":{"a":9007199254740993,'),
      ],
      ['names out of order', 'INPUT_ERROR', (text) => text.replace(/"keeping":\{/, '"keeping":{"z":1,')],
      ['a comma too many', 'INPUT_ERROR', (text) => text.replace(/\}$/, ',}')],
      ['a comment', 'INPUT_ERROR', (text) => `/**/${text}`],
      ['nothing in it', 'INPUT_ERROR', () => ''],
      ['another kind of value', 'INPUT_ERROR', () => '"evidence"'],
      ['65 levels', 'INPUT_ERROR', (text) => text.replace('"keeping":{', `"keeping":{"a":${nested(63)},`)],
      ['100,000 levels', 'INPUT_ERROR', (text) => text.replace('"keeping":{', `"keeping":{"a":${nested(100_000)},`)],
      ['64 levels', 'VALID', (text) => text.replace('"keeping":{', `"keeping":{"a":${nested(62)},`)],
      [
        'a large number in the form of ECMAScript',
        'VALID',
        (text) => text.replace('"keeping":{', '"keeping":{"a":1e+21,"a2":1e-7,"a3":0.1,"a4":123456789012345680000,'),
      ],
      [
        'a member that is called __proto__',
        'VALID',
        (text) => text.replace('"keeping":{', '"keeping":{"__proto__":{"source":"server"},'),
      ],
      ['half a surrogate pair', 'VALID', (text) => text.replace('"keeping":{', '"keeping":{"a":"\\ud800",')],
      [
        'characters that JSON escapes',
        'VALID',
        (text) => text.replace('"keeping":{', '"keeping":{"a":"\\b\\t\\n\\f\\r\\u0000\\u001f\\"\\\\/\u2028\u007f€😀",'),
      ],
      [
        'names in the order of UTF-16',
        'VALID',
        (text) =>
          // The group's last name; these come after every ASCII one.
          text.replace(/("retainBasis":\{[^}]*\})/, '$1,"\u20ac":1,"\ud83d\ude00":2,"\ufb33":3'),
      ],
    ] satisfies [string, Verdict, (text: string) => string][]
  ).map(([what, verdict, change]) => resealed(`evidence.json with ${what}`, verdict, rewrite('evidence.json', change))),
  resealed(
    'evidence.json that is not UTF-8',
    'INPUT_ERROR',
    put('evidence.json', Buffer.from('{"a":"\xff"}', 'latin1')),
  ),
  resealed(
    'evidence.json without its events',
    'INPUT_ERROR',
    edit<Evidence>('evidence.json', (record) => delete record.events),
  ),
  resealed(
    'evidence.json with a field that says nothing',
    'INPUT_ERROR',
    edit<Evidence>('evidence.json', ({ document }) => Object.assign(document ?? {}, { sha256: {} })),
  ),
  resealed('receipt.json with a member more', 'INPUT_ERROR', replace('receipt.json', '{', '{"a":1,')),
  resealed('receipt.json of another format', 'INPUT_ERROR', replace('receipt.json', 'receipt-1', 'receipt-2')),
  resealed(
    'receipt.json with a day that the calendar has not',
    'INPUT_ERROR',
    replace('receipt.json', '2026-11-20', '2026-11-31'),
  ),
  resealed(
    'session.json with a number for a name',
    'INPUT_ERROR',
    edit<Record<string, unknown>>('session.json', (record) => Object.assign(record, { orderId: 1 })),
  ),
  resealed(
    'acceptance.json without consents',
    'INPUT_ERROR',
    edit<Record<string, unknown>>('acceptance.json', (record) => delete record.consents),
  ),
  ...(
    [
      ['without its last line feed', (text) => text.slice(0, -1)],
      ['with an empty line', (text) => text.replace('\n', '\n\n')],
      ['with lines ended as on Windows', (text) => text.replaceAll('\n', '\r\n')],
      ['without lines', () => ''],
      ['with a member more', (text) => text.replace('{"actor"', '{"a":1,"actor"')],
      ['with a name twice', (text) => text.replace('{"actor":"merchant"', '{"actor":"merchant","actor":"merchant"')],
      ['with a salt of 31 bytes', (text) => text.replace(/"salt":"../, '"salt":"')],
      ['with a sequence in words', (text) => text.replace('"sequence":1', '"sequence":"1"')],
      ['with an instant in another zone', (text) => text.replace(/(\d{3})Z"/, '$1+00:00"')],
      ['with an object among its words', (text) => text.replace('"data":{}', '"data":{"a":{}}')],
      ['with a null', (text) => text.replace('"data":{}', '"data":null')],
      ['with two events in one line', (text) => text.replace('\n', ',')],
    ] satisfies [string, (text: string) => string][]
  ).map(([what, change]) => resealed(`events.jsonl ${what}`, 'INPUT_ERROR', rewrite('events.jsonl', change))),
  ...[
    'receipt.json',
    'receipt.sig',
    'certificate.pdf',
    'consent/agreeContract.txt',
    'consent/agreeMethod.txt',
    'consent/notice.txt',
    'evidence.json',
    'session.json',
    'contract.txt',
    'contract-facts.json',
    'details-1.json',
    'acceptance.json',
    'lender/request.json',
    'lender/response.json',
  ].map((name) => resealed(`without ${name}`, 'INCOMPLETE', without(name))),
  resealed('without events.jsonl', 'TAMPERED', without('events.jsonl')),
  resealed('without what people read', 'VALID', without('STATEMENT.md', 'VERIFY.md', 'verify.py')),
  made('a good one, delivered', 'VALID'),
  made('a good one, with a corrected phone', 'VALID', { stage: 'corrected' }),
  ...(['declined', 'cancelled', 'expired'] as const).map((stage) => made(`a good one, ${stage}`, 'VALID', { stage })),
  made('a good one, accepted and on its way', 'VALID_INTERIM', { stage: 'accepted' }),
  made('a good one, accepted and not yet in the log', 'VALID_INTERIM', { stage: 'accepted', isLogged: false }),
  made('a good one that calls itself interim', 'VALID_INTERIM', { state: 'interim' }),
];

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
