import type { CertificateKind } from '#lib/db/certificates.ts';
import { certificateBytes, certificatePages } from '#lib/usecases/evidence/certificate-pages.ts';
import { readProof } from '#lib/usecases/evidence/session-proof.ts';
import { readStory, untilTheEnd } from '#lib/usecases/evidence/story.ts';
import { findSession } from '#lib/usecases/find-session.ts';
import type { BenchSandbox } from './bench-sandbox.ts';
import { cpuMsPerRound } from './cpu-time.ts';
import { type Figure, ofRounds } from './figure.ts';
import type { Scale } from './scale.ts';

const part = 'The certificate of a final session';

/**
 * What reading, drawing and sealing a certificate costs, as it is done once for every session; sealing by itself; the signed contract beside
 * them. The authority that stamps the seals is a process of its own, as it is somebody else's in production.
 */
export async function measureCertificates(
  sandbox: BenchSandbox,
  sessionId: string,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  onProgress('drawing and sealing certificates');
  const made = (kind: CertificateKind) => async () => seal(sandbox, await draw(sandbox, sessionId, kind));
  const certificate = await cpuMsPerRound(scale, made('court'));
  const drawn = await draw(sandbox, sessionId, 'court');
  const sealing = await cpuMsPerRound(scale, () => seal(sandbox, drawn));
  const document = await cpuMsPerRound(scale, made('document'));
  const goal = { kind: 'at most', value: 80 } as const;
  return [
    { part, name: 'CPU of making it', unit: 'ms', ...ofRounds(certificate), goal },
    { part, name: 'CPU of its seal alone, asking for its stamp included', unit: 'ms', ...ofRounds(sealing) },
    { part, name: 'CPU of making it with the contract of 30 kB before it', unit: 'ms', ...ofRounds(document) },
  ];
}

type Drawn = { bare: Uint8Array; reason: string };

async function seal({ ctx }: BenchSandbox, { bare, reason }: Drawn): Promise<Uint8Array> {
  const sealed = await ctx.sealPdf?.(bare, { reason, signedAt: new Date() });
  if (!sealed) throw new Error('a benchmark could not seal a certificate');
  return sealed;
}

async function draw({ ctx, merchant }: BenchSandbox, sessionId: string, kind: CertificateKind): Promise<Drawn> {
  const { workspaceId } = merchant;
  const pages = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) throw new Error('a session of a benchmark is not there');
    const story = untilTheEnd(await readStory(tx, session));
    const proof = await readProof(ctx, tx, story);
    return certificatePages(ctx, tx, session, { story, proof, kind, isForKeeping: true });
  });
  return { bare: await certificateBytes(pages), reason: pages.model.sealReason };
}
