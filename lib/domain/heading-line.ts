/** A longer line is a paragraph, whatever it begins with. Characters. */
const headingLineMax = 120;
const titleWordsMax = 10;
/** Without a separator or capitals only a few words are believed: a wrapped sentence may begin with a number too. */
const plainTitleWordsMax = 6;

/** How far out a heading stands; equal ranks are siblings. The text's own depth of numbering goes on below `clause`. */
const rankOf = { part: 1, capitals: 2, clause: 3 } as const;

const ordinals =
  'primeir[oa]|segund[oa]|terceir[oa]|quart[oa]|quint[oa]|sext[oa]|s[ée]tim[oa]|oitav[oa]|non[oa]|d[ée]cim[oa]|vig[ée]sim[oa]|' +
  'trig[ée]sim[oa]|quadrag[ée]sim[oa]|[úu]nic[oa]|primera|tercer[oa]|s[ée]ptim[oa]|octav[oa]|first|second|third|one|two|three';
const number = `(?:\\d{1,3}(?:\\.\\d{1,3})*\\s?[ºª°]?|[IVXLC]{1,7}|[A-Z]|(?:${ordinals})(?:[ -](?:${ordinals}))?)`;
const parts =
  'anexo|ap[êe]ndice|cap[íi]tulo|t[íi]tulo|parte|livro|annex|appendix|schedule|chapter|part|exhibit|bilaga|kapitel';
const clauses = 'cl[áa]usula|se[çc][ãa]o|artigo|article|section|clause|art[íi]culo|secci[óo]n|avsnitt|art\\.';

/** A word that names a division, its number, and perhaps a separator and a title. */
const named = new RegExp(`^(?:(${parts})|(?:${clauses}))\\s+${number}(?=$|[\\s:.)–—-])\\s*([:.)–—-]*)\\s*(.*)$`, 'iu');
/** `1.`, `2)`, `3 –`, `2.1`, `2.1.3.`; a lone number needs its dot, bracket or dash. */
const numbered = /^(\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}(?=[.)]|\s*[–—-]))[.)]?\s*[–—-]?\s*(.*)$/u;

/**
 * The rank of the heading that `line` is, from 1 (outermost) on; undefined for ordinary text. Conservative: a contract is read as it
 * stands, and a sentence announced as a heading confuses more than a heading announced as a sentence. `before` and `after` are the
 * neighbouring lines, empty at the ends.
 */
export function headingRank(line: string, before: string, after: string): number | undefined {
  const text = line.trim();
  if (text === '' || line.length > headingLineMax) return undefined;
  return namedRank(text) ?? numberedRank(text, before, after) ?? capitalsRank(text, before, after);
}

function namedRank(text: string): number | undefined {
  const [matched, part, separator, title = ''] = named.exec(text) ?? [];
  if (matched === undefined) return undefined;
  // "Anexo I deste contrato …" goes on in small letters, a title does not.
  const isHeading = title === '' || isTitle(title, separator ? titleWordsMax : plainTitleWordsMax);
  if (!isHeading) return undefined;
  return part === undefined ? rankOf.clause : rankOf.part;
}

/** Two numbers of one depth on neighbouring lines are the items of a list, or a table of contents. */
function numberedRank(text: string, before: string, after: string): number | undefined {
  const [, , title = ''] = numbered.exec(text) ?? [];
  const depth = numberDepth(text);
  if (depth === 0 || !isTitle(title, plainTitleWordsMax)) return undefined;
  const isListItem = numberDepth(before.trim()) === depth || numberDepth(after.trim()) === depth;
  return isListItem ? undefined : rankOf.clause + depth - 1;
}

function numberDepth(text: string): number {
  return numbered.exec(text.slice(0, headingLineMax))?.[1]?.split('.').length ?? 0;
}

/** Capitals stand alone: after an empty line, and not as the first line of a paragraph in capitals. Form rows and figures are none. */
function capitalsRank(text: string, before: string, after: string): number | undefined {
  const isAlone = before.trim() === '' && !isCapitals(after);
  const isRow = /:\s*\S|\d{3}|[_.]{3}/.test(text);
  return isAlone && !isRow && isCapitals(text) && isTitle(text, titleWordsMax) ? rankOf.capitals : undefined;
}

function isTitle(title: string, wordsMax: number): boolean {
  if (!/^[\p{Lu}\p{Lo}]/u.test(title) || title.split(/\s+/).length > titleWordsMax) return false;
  if (isCapitals(title)) return !/[;,]$/.test(title);
  return !/[.;,!?]$|[.;!?]\s/.test(title) && title.split(/\s+/).length <= wordsMax;
}

function isCapitals(text: string): boolean {
  return /\p{Lu}{2}/u.test(text) && !/\p{Ll}/u.test(text);
}
