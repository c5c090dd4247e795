import type { TestProject } from 'vitest/node';
import { endCluster, newClusterFolder } from './postgres-cluster.ts';

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: vitest's own interface is extended here, which a type cannot do.
  interface ProvidedContext {
    /** Where the run's Postgres lies, or will lie once a test asks for a database. */
    clusterFolder: string;
  }
}

let folder: string | undefined;

/** Once per run: names the place of the cluster. The first test that needs a database starts it. */
export async function setup(project: TestProject): Promise<void> {
  folder = await newClusterFolder();
  project.provide('clusterFolder', folder);
}

/** Once per run: ends the cluster, if a test started it, and leaves nothing behind. */
export async function teardown(): Promise<void> {
  if (folder !== undefined) await endCluster(folder);
}
