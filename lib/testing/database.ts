import { inject } from 'vitest';
import { createDatabaseIn, createEmptyDatabaseIn, type TestDatabase } from './postgres-cluster.ts';

/** A fresh, migrated database on the cluster of this vitest run. Whoever takes one drops it. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabaseIn(inject('clusterFolder'));
}

/** The same without tables, for tests of the migrations themselves. */
export function createEmptyTestDatabase(): Promise<TestDatabase> {
  return createEmptyDatabaseIn(inject('clusterFolder'));
}
