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

/** What reading and drawing a certificate costs this process, as it is done once for every session; the signed contract beside it. */
export async function measureCertificates(
  sandbox: BenchSandbox,
  sessionId: string,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  onProgress('drawing certificates');
  const certificate = await cpuMsPerRound(scale, () => draw(sandbox, sessionId, 'court'));
  const document = await cpuMsPerRound(scale, () => draw(sandbox, sessionId, 'document'));
  const goal = { kind: 'at most', value: 80 } as const;
  return [
    { part, name: 'CPU of making it', unit: 'ms', ...ofRounds(certificate), goal },
    { part, name: 'CPU of making it with the contract of 30 kB before it', unit: 'ms', ...ofRounds(document) },
  ];
}

async function draw({ ctx, merchant }: BenchSandbox, sessionId: string, kind: CertificateKind): Promise<Uint8Array> {
  const { workspaceId } = merchant;
  const pages = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) throw new Error('a session of a benchmark is not there');
    const story = untilTheEnd(await readStory(tx, session));
    const proof = await readProof(ctx, tx, story);
    return certificatePages(ctx, tx, session, { story, proof, kind, isForKeeping: true });
  });
  return certificateBytes(pages);
}
