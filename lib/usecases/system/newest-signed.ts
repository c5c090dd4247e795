import { newestCheckpoint } from '#lib/db/log-checkpoints.ts';
import type { UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';
import type { SignedHistory } from './sign-log.ts';

/** The longest history that the database holds a checkpoint of; undefined before the first. */
export function newestSigned({ db }: Pick<UseCaseContext, 'db'>): Promise<SignedHistory | undefined> {
  return db.transaction(workerScope, newestCheckpoint);
}
