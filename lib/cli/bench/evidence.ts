import type { BenchCluster } from './bench-cluster.ts';
import { openBenchSandbox } from './bench-sandbox.ts';
import { measureCertificates } from './certificates.ts';
import { measureDossiers } from './dossiers.ts';
import type { Figure } from './figure.ts';
import { measureInclusion } from './inclusion.ts';
import { measureLogAtScale } from './log-at-scale.ts';
import type { Scale } from './scale.ts';
import { measureVerifiers } from './verifiers.ts';

/** What proving costs: the log as it grows, the way of an acceptance into it, certificate and dossier, whose proofs come from the large log. */
export async function measureEvidence(
  cluster: BenchCluster,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  const sandbox = await openBenchSandbox(cluster, onProgress);
  try {
    const log = await measureLogAtScale(sandbox, scale, onProgress);
    const stopProcesses = sandbox.startProcesses();
    const inclusion = await measureInclusion(sandbox, scale, onProgress).finally(stopProcesses);
    const certificates = await measureCertificates(sandbox, inclusion.finalSessionId, scale, onProgress);
    const dossiers = await measureDossiers(sandbox, inclusion.finalSessionId, scale, onProgress);
    const verifiers = await measureVerifiers(sandbox, inclusion.finalSessionId, scale, onProgress);
    return [...log, ...inclusion.figures, ...certificates, ...dossiers, ...verifiers];
  } finally {
    await sandbox.end();
  }
}
