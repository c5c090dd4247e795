import { emptyRoot } from '#lib/evidence/log/merkle.ts';
import { formatVerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { makeCertificates } from '#lib/usecases/evidence/make-certificate.ts';
import { growLog } from '#lib/usecases/system/grow-log.ts';
import { introducer } from '#lib/usecases/system/introduce.ts';
import { sayOnce } from '#lib/usecases/system/say-once.ts';
import { type LogSigner, signLog } from '#lib/usecases/system/sign-log.ts';
import { stampNext } from '#lib/usecases/system/stamp-checkpoints.ts';
import { noteSigner } from './note-signer.ts';
import type { TestPortal } from './portal.ts';

export type LogKeeper = {
  /** The log's public key, as trust files name it. */
  verifierKey: string;
  /** Does at once what worker and signer do in time: takes in all that waits, signs it, has it stamped, and makes the certificates. */
  publish(): Promise<void>;
};

/** Keeps the log of a test's portal: its worker's part and its signer's, with a key that is the same in every run. */
export function logKeeper({ ctx }: TestPortal): LogKeeper {
  const { publicKey, sign } = noteSigner(42);
  const key = verifierKey('127.0.0.1:3000/log', 1, publicKey);
  let memory = { size: 0, root: emptyRoot() };
  const signer: LogSigner = {
    key,
    sign,
    recall: async () => memory,
    remember: async (history) => {
      memory = history;
    },
  };
  const introduce = introducer(ctx);
  return {
    verifierKey: formatVerifierKey(key),
    async publish() {
      await introduce();
      await sayOnce(ctx, { kind: 'log_key', content: { verifierKey: formatVerifierKey(key) } });
      while ((await growLog(ctx)) > 0);
      const outcome = await signLog(ctx, signer);
      if (!outcome.ok) throw new Error(`the log was not signed: ${outcome.code}`);
      for (const authority of ctx.timeStampAuthorities) while (await stampNext(ctx, authority));
      while ((await makeCertificates(ctx)) > 0);
    },
  };
}
