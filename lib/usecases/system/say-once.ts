import { readClock } from '#lib/db/clock.ts';
import { insertStatement } from '#lib/db/log-statements.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { type StatementKind, statementHash } from '#lib/evidence/log-entry.ts';
import type { UseCaseContext } from '../context.ts';
import { newId } from '../new-id.ts';
import { workerScope } from '../no-workspace.ts';

/** Says something in public and for good; the log takes it in with what waits. Said before in the same words, nothing happens. */
export function sayOnce(
  { db }: Pick<UseCaseContext, 'db'>,
  { kind, content }: { kind: StatementKind; content: Record<string, unknown> },
): Promise<void> {
  const statement = { kind, content: canonicalJson(content) };
  return db.transaction(workerScope, async (tx) => {
    const id = newId(await readClock(tx));
    await insertStatement(tx, { id, ...statement, hash: statementHash(statement) });
  });
}
