import { childrenOf, type Der } from './der.ts';
import { readFields, tags } from './der-fields.ts';
import { hexOf, latin1Of, objectIdentifierOf } from './der-values.ts';

const short: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'organizationIdentifier',
};

/** A Name as people read it, the most particular part first: `CN=Stamps, O=Example, C=BR` (RFC 4514, with a blank after commas). */
export function nameOf(name: Der): string {
  const parts = partsOf(name).map(({ type, text }) => `${short[type] ?? type}=${escaped(text)}`);
  return parts.reverse().join(', ');
}

/** The name that people call it by: the common name, or else the organisation's, or else the whole. */
export function commonNameOf(name: Der): string {
  const parts = partsOf(name);
  const found = parts.findLast(({ type }) => type === '2.5.4.3') ?? parts.findLast(({ type }) => type === '2.5.4.10');
  return found ? printable(found.text) : nameOf(name);
}

function partsOf(name: Der): { type: string; text: string }[] {
  return childrenOf(name).flatMap((set) =>
    childrenOf(set).map((attribute) =>
      readFields(attribute, tags.sequence, (fields) => {
        const type = objectIdentifierOf(fields.take(tags.objectIdentifier));
        const text = textTags.map((tag) => fields.takeIf(tag)).find((value) => value !== undefined);
        return { type, text: text ? textOf(text) : '' };
      }),
    ),
  );
}

/** UTF8String, NumericString, PrintableString, TeletexString, IA5String, VisibleString, UniversalString, BMPString. */
const textTags = [12, 18, 19, 20, 22, 26, 28, 30];

function textOf({ tag, content }: Der): string {
  if (tag === 12) return new TextDecoder().decode(content);
  if (tag === 30) return new TextDecoder('utf-16be').decode(content);
  return tag === 28 ? `#${hexOf(content)}` : latin1Of(content);
}

const escaped = (text: string): string => printable(text).replace(/[,+"\\<>;=]/g, '\\$&');

/** Control and direction characters have no place in a name and could reorder the line that shows it. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '\u{FFFD}');
