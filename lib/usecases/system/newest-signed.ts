import type { UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';
import { newestKnownCheckpoint } from './known-checkpoints.ts';
import type { SignedHistory } from './sign-log.ts';

/** The longest history that the database holds a checkpoint of by one of these keys; undefined before the first. */
export function newestSigned(ctx: Pick<UseCaseContext, 'db' | 'logKeys'>): Promise<SignedHistory | undefined> {
  return ctx.db.transaction(workerScope, (tx) => newestKnownCheckpoint(ctx, tx));
}
