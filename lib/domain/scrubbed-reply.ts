/** Of an answer so much is kept: enough to recognise an error page, too little to keep a data set. */
const keptCharactersMax = 1024;

/** Whatever may name a person or open something, by the shape that it has; several digits with punctuation are documents and telephones. */
const hidden: readonly [RegExp, string][] = [
  [/[^\s@<>"',;:()]{1,64}@[^\s@<>"',;:()]{1,255}/gu, '[e-mail]'],
  [/\b(?:whsec_|live_|test_|Bearer\s+)[\w+/=.~-]{8,}/giu, '[secret]'],
  [/\+?\d(?:[\s()./-]{0,2}\d){6,}/gu, '[number]'],
];

/**
 * The beginning of what a receiver answered, for people who look for a fault: text, without controls, and without what looks like a person's.
 * A receiver may send back what it knows of a customer; it is not ours to keep.
 */
export function scrubbedReply(text: string): string {
  const plain = text.slice(0, keptCharactersMax).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, ' ');
  const scrubbed = hidden.reduce((kept, [shape, word]) => kept.replace(shape, word), plain);
  return scrubbed.slice(0, keptCharactersMax).trim();
}
