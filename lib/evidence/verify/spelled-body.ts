import { type BodyForm, bodyForms, respellTimestamp } from '#lib/domain/body-form.ts';
import { changedForm } from '#lib/domain/reencode.ts';
import { exactly, listOf, oneOf, string } from './shape.ts';
import { decodeUtf8, readStrictJson } from './strict-json.ts';

/** Nothing but what a body may say, unlike the shape in cross-lender: so two of one spelling differ in what they say alone. */
const wholeOptInBody = exactly({
  type: oneOf(...bodyForms.type),
  signatures: listOf(
    exactly({
      signed_object: exactly({ raw_text: string }),
      authenticity: exactly({ timestamp: string, ip_address: string, session_id: string }),
      signer: exactly({
        name: string,
        email: string,
        document_number: string,
        phone: exactly({ country_code: oneOf(...bodyForms.countryCode), area_code: string, number: string }),
      }),
      authentication_type: oneOf('opt-in'),
    }),
  ),
});

/** A body with one signature: how it is spelled, and its bytes as they are in the first form of each field. */
export type SpelledBody = { form: BodyForm; inFirstForm: string };

/** A body of ours; undefined for bytes that are none, or that hold blanks between their members or escapes that nobody needs. Never throws. */
export function spelledBody(bytes: Uint8Array): SpelledBody | undefined {
  const reading = readStrictJson(bytes);
  if (!reading.ok || !wholeOptInBody(reading.value)) return undefined;
  const { value } = reading;
  const [signature, ...more] = value.signatures;
  const timestamp = signature?.authenticity.timestamp ?? '';
  const order = bodyForms.timestamp.find((one) => respellTimestamp(timestamp, one) === timestamp);
  if (!signature || more.length > 0 || order === undefined) return undefined;
  const form = { type: value.type, timestamp: order, countryCode: signature.signer.phone.country_code };
  // What is spread keeps its order, and a member that is given again keeps its place.
  const spelledIn = (wanted: BodyForm) => {
    const authenticity = { ...signature.authenticity, timestamp: respellTimestamp(timestamp, wanted.timestamp) };
    const phone = { ...signature.signer.phone, country_code: wanted.countryCode };
    const respelled = { ...signature, authenticity, signer: { ...signature.signer, phone } };
    return JSON.stringify({ ...value, type: wanted.type, signatures: [respelled] });
  };
  return spelledIn(form) === decodeUtf8(bytes) ? { form, inFirstForm: spelledIn(firstForm) } : undefined;
}

const firstForm: BodyForm = {
  type: bodyForms.type[0],
  timestamp: bodyForms.timestamp[0],
  countryCode: bodyForms.countryCode[0],
};

/** What changed from one body to the other; undefined when they differ, to the byte, in anything else than their form. */
export function changedSpelling(earlier: Uint8Array, later: Uint8Array): Partial<BodyForm> | undefined {
  const [one, other] = [spelledBody(earlier), spelledBody(later)];
  return one && other && one.inFirstForm === other.inFirstForm ? changedForm(one.form, other.form) : undefined;
}
