import type { DumpPart } from './database-dump.ts';

/** Where in a dump each of the words lies, and written how: `events.data: "Maria" in base64`. Empty when none is anywhere. */
export function findWords(parts: readonly DumpPart[], words: readonly string[]): string[] {
  // One search through everything is far quicker than one through each value; where it was is asked only after a find.
  const everything = Buffer.concat(parts.flatMap(({ bytes }) => [bytes, Buffer.of(0xff)]));
  return words.flatMap((word) =>
    spellingsOf(word)
      .filter(({ bytes }) => everything.includes(bytes))
      .flatMap(({ how, bytes }) => placesOf(parts, bytes).map((place) => `${place}: ${JSON.stringify(word)} ${how}`)),
  );
}

function placesOf(parts: readonly DumpPart[], wanted: Buffer): string[] {
  return [...new Set(parts.filter(({ bytes }) => bytes.includes(wanted)).map(({ place }) => place))];
}

type Spelling = { how: string; bytes: Buffer };

/** A word in other cases, without its accents and escaped, each as it is, in hexadecimal and in base64 from any of its three offsets. */
function spellingsOf(word: string): Spelling[] {
  const swapped = [...word].map((letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '');
  const forms = [word, word.toLowerCase(), word.toUpperCase(), swapped.join(''), plain, plain.toLowerCase()];
  const escaped = [JSON.stringify(word).slice(1, -1), encodeURIComponent(word)];
  return [...new Set([...forms, ...escaped])].flatMap((form) =>
    [Buffer.from(form), Buffer.from(form, 'utf16le')].flatMap(encodingsOf),
  );
}

function encodingsOf(bytes: Buffer): Spelling[] {
  const hex = bytes.toString('hex');
  return [
    { how: 'as it is', bytes },
    { how: 'in hexadecimal', bytes: Buffer.from(hex) },
    { how: 'in hexadecimal', bytes: Buffer.from(hex.toUpperCase()) },
    ...[0, 1, 2].flatMap((offset) => {
      const core = base64Core(bytes, offset);
      const forUrls = core.replaceAll('+', '-').replaceAll('/', '_');
      return [...new Set([core, forUrls])].map((text) => ({ how: 'in base64', bytes: Buffer.from(text) }));
    }),
  ];
}

/** The characters that these bytes alone decide when so many others stand before them. */
function base64Core(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
