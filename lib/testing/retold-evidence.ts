import { zipOf } from '#lib/evidence/dossier/write-zip.ts';
import { evidenceSources } from '#lib/schema/evidence.ts';
import { json, type ReferenceDossier, referenceSessionId, reseal } from './reference-dossier.ts';

/** A dossier whose evidence.json says one thing otherwise; `path` names it by its members. */
export type Retold = { path: string; dossier: Uint8Array };

/**
 * The dossier with its evidence told otherwise in one place, once for every place: each value another, each list shorter, each field that is
 * known given up, and each that is missing claimed, by whomever. Listed and sealed anew, as whoever holds the seal could.
 */
export async function retoldDossiers({ files }: ReferenceDossier): Promise<Retold[]> {
  const evidence: unknown = JSON.parse(Buffer.from(files.get('evidence.json') ?? []).toString());
  const dossiers: Retold[] = [];
  for (const { path, whole } of retold(evidence)) {
    const copy = new Map(files).set('evidence.json', json(whole));
    await reseal(copy, { signingSessionId: referenceSessionId, state: 'final' });
    dossiers.push({ path, dossier: zipOf(copy) });
  }
  return dossiers;
}

type Telling = { path: string; whole: unknown };

function* retold(value: unknown, path = ''): Generator<Telling> {
  for (const other of otherValues(value)) yield { path, whole: other };
  for (const [name, member] of membersOf(value))
    for (const inner of retold(member, path === '' ? name : `${path}.${name}`))
      yield { path: inner.path, whole: withMember(value, name, inner.whole) };
}

/** Of an object, or the items of a list by their numbers; nothing else has any. */
function membersOf(value: unknown): [string, unknown][] {
  return isRecord(value) || Array.isArray(value) ? Object.entries(value) : [];
}

function withMember(value: unknown, name: string, member: unknown): unknown {
  return Array.isArray(value) ? value.with(Number(name), member) : { ...(value as object), [name]: member };
}

function otherValues(value: unknown): unknown[] {
  if (typeof value === 'string') return [otherText(value)];
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'boolean') return [!value];
  if (Array.isArray(value)) return value.length === 0 ? [['x']] : [value.slice(0, -1)];
  if (!isRecord(value)) return ['x'];
  if (Object.hasOwn(value, 'source') && Object.hasOwn(value, 'value'))
    return [{ status: 'not_captured', reason: 'not_given' }];
  return value.status === 'not_captured' ? evidenceSources.map((source) => ({ value: 'x', source })) : [];
}

/** Of the same shape where it is a number, an instant or a hash, so that it is not its form that gives it away. */
function otherText(text: string): string {
  const other = text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
  return other === text ? `${text}x` : other;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
