import { type BodyForm, bodyForms, respellTimestamp } from '#lib/domain/body-form.ts';
import { stepInto } from './body.ts';

/** Where the one signature of a body of ours keeps what has a form. */
const places = {
  type: ['type'],
  timestamp: ['signatures', '0', 'authenticity', 'timestamp'],
  countryCode: ['signatures', '0', 'signer', 'phone', 'country_code'],
} as const satisfies Record<keyof BodyForm, readonly string[]>;

/** How these bytes spell what has a form. Throws when they are not a body of ours. */
export function formOf(bytes: Uint8Array): BodyForm {
  const body = read(bytes);
  const timestamp = textAt(body, places.timestamp);
  return {
    type: spelling(bodyForms.type, textAt(body, places.type)),
    timestamp: spelling(
      bodyForms.timestamp,
      bodyForms.timestamp.find((form) => respellTimestamp(timestamp, form) === timestamp),
    ),
    countryCode: spelling(bodyForms.countryCode, textAt(body, places.countryCode)),
  };
}

/**
 * The same body in this form: every byte but those of the form stays where it is, so that going back gives the very bytes again. Throws for
 * bytes of which that does not hold.
 */
export function respell(bytes: Uint8Array, form: BodyForm): Uint8Array {
  const respelled = spelledSo(bytes, form);
  if (!Buffer.from(spelledSo(respelled, formOf(bytes))).equals(bytes))
    throw new Error('These bytes do not come back from another spelling: they are not a body of ours.');
  return respelled;
}

function spelledSo(bytes: Uint8Array, form: BodyForm): Uint8Array {
  const body = read(bytes);
  const timestamp = respellTimestamp(textAt(body, places.timestamp), form.timestamp);
  if (timestamp === undefined) throw new Error('The time in these bytes is spelled as none of ours.');
  put(body, places.type, form.type);
  put(body, places.timestamp, timestamp);
  put(body, places.countryCode, form.countryCode);
  return Buffer.from(JSON.stringify(body));
}

function read(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
}

function textAt(body: unknown, place: readonly string[]): string {
  const text = place.reduce(stepInto, body);
  if (typeof text !== 'string') throw new Error(`These bytes hold no ${place.at(-1)}: they are not an opt-in body.`);
  return text;
}

function put(body: unknown, place: readonly string[], text: string): void {
  const parent = place.slice(0, -1).reduce(stepInto, body);
  if (typeof parent !== 'object' || parent === null) throw new Error(`There is no place for ${place.at(-1)}.`);
  Reflect.set(parent, place.at(-1) ?? '', text);
}

function spelling<Form extends string>(known: readonly Form[], found: string | undefined): Form {
  const form = known.find((one) => one === found);
  if (form === undefined) throw new Error('These bytes are spelled as no body of ours is.');
  return form;
}
