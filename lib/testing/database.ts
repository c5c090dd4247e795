import { inject } from 'vitest';
import { createDatabaseIn, type TestDatabase } from './postgres-cluster.ts';

/** A fresh, migrated database on the cluster of this vitest run. Whoever takes one drops it. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabaseIn(inject('clusterFolder'));
}
