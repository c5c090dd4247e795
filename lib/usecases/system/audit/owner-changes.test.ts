import { describe, expect, test } from 'vitest';
import { auditedPortal } from '#lib/testing/audited-portal.ts';
import { type Change, type Column, changesOf } from '#lib/testing/changed-rows.ts';
import { notEvidence } from '#lib/testing/not-evidence.ts';
import type { Finding } from './finding.ts';

const place = auditedPortal();

const isEvidence = ({ table, column }: Column): boolean => {
  const exception = notEvidence[table];
  return exception === undefined || (typeof exception === 'object' && !Object.hasOwn(exception, column));
};

/** Of what was erased only ids, moments and hashes are left, without salts to check the rest with. */
function liveRows(table: string): string {
  const notErased = (id: string) => `${id} NOT IN (SELECT session_id FROM tombstones)`;
  if (table === 'signing_sessions') return notErased('t.id');
  const ofSessions = place.columns.some((column) => column.table === table && column.column === 'session_id');
  return ofSessions && table !== 'tombstones' ? notErased('t.session_id') : 'true';
}

type Tried = { what: string; isDone: boolean; found: Finding[] };

async function tryChange({ what, sql }: Change): Promise<Tried> {
  let isDone = false;
  const found = await place.after(async () => {
    isDone = (await place.owner.query(sql)).rowCount === 1;
  });
  return { what, isDone, found };
}

async function tryAll(column: Column): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const change of changesOf(column, liveRows(column.table))) tried.push(await tryChange(change));
  return tried;
}

const unseenIn = (tried: readonly Tried[]) =>
  tried.filter(({ isDone, found }) => isDone && found.length === 0).map(({ what }) => what);

test('an installation that nobody touched is clean', async () => {
  expect(await place.findings()).toEqual([]);
});

test('what is excepted from the audit is there', () => {
  const isThere = (table: string, column?: string) =>
    place.columns.some((one) => one.table === table && (column === undefined || one.column === column));
  const named = Object.entries(notEvidence).flatMap(([table, reason]) =>
    typeof reason === 'string' ? [[table]] : Object.keys(reason).map((column) => [table, column]),
  );
  expect(named.filter(([table = '', column]) => !isThere(table, column))).toEqual([]);
});

describe('the owner', () => {
  // Hundreds of audits of a whole installation, one after the other.
  test('changes no column of evidence unseen', { timeout: 600_000 }, async () => {
    const unseen: string[] = [];
    const untried: string[] = [];
    for (const column of place.columns.filter(isEvidence)) {
      const tried = await tryAll(column);
      unseen.push(...unseenIn(tried));
      if (!tried.some(({ isDone }) => isDone)) untried.push(`${column.table}.${column.column}`);
    }
    const mend = 'compare these in the audit, or name them in lib/testing/not-evidence.ts with the reason';
    expect(unseen, mend).toEqual([]);
    expect(untried, 'no life in lib/testing/whole-lives.ts fills these').toEqual([]);
    expect(await place.findings()).toEqual([]);
  });
});
