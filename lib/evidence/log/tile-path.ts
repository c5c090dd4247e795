import { type TilePlace, tileWidth } from './tile.ts';

/** Levels that c2sp.org/tlog-tiles can name. */
const levelMax = 63;
/** Three digits to a path segment keep every folder of a file system below 1,001 names. */
const digitsPerSegment = 3;
const pathShape = /^tile\/(0|[1-9]\d?|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

export type EntriesPlace = { index: number; width: number };
export type LogFile = ({ kind: 'hashes' } & TilePlace) | ({ kind: 'entries' } & EntriesPlace);

/** Path of a tile below the log's address, such as `tile/0/x001/234.p/17` (c2sp.org/tlog-tiles). */
export function tilePath({ level, index, width }: TilePlace): string {
  return `tile/${level}/${segmentsOf(index)}${partOf(width)}`;
}

/** Path of the bundle that holds the entries of a level 0 tile, such as `tile/entries/003`. */
export function entriesPath({ index, width }: EntriesPlace): string {
  return `tile/entries/${segmentsOf(index)}${partOf(width)}`;
}

/** What a path names, or undefined for everything that is not written exactly as the two functions above write it. */
export function parseLogPath(path: string): LogFile | undefined {
  const [, kind, segments = '', part] = pathShape.exec(path) ?? [];
  const place = {
    index: Number(segments.replace(/[x/]/g, '')),
    width: part === undefined ? tileWidth : Number(part),
  };
  if (kind === undefined || !Number.isSafeInteger(place.index)) return undefined;
  if (part !== undefined && place.width >= tileWidth) return undefined;
  if (kind === 'entries') return entriesPath(place) === path ? { kind, ...place } : undefined;
  const level = Number(kind);
  const isNamed = level <= levelMax && tilePath({ level, ...place }) === path;
  return isNamed ? { kind: 'hashes', level, ...place } : undefined;
}

function segmentsOf(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / digitsPerSegment) * digitsPerSegment, '0');
  return padded.replace(/\d{3}(?=\d)/g, 'x$&/');
}

const partOf = (width: number): string => (width === tileWidth ? '' : `.p/${width}`);
