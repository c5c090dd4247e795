import { randomBytes } from 'node:crypto';
import { lenderCode } from '#lib/domain/lender-code.ts';
import { type ProbeVerdict, probeQitech } from '#lib/providers/qitech/probe.ts';
import { type Finding, failed, ok, warning } from './check.ts';

type LenderOptions = Omit<Parameters<typeof probeQitech>[0], 'clock'>;

/** `Date` has whole seconds, and the answer was on its way. Beyond the second the lender may refuse what we sign. */
const skewMs = { alarm: 5_000, most: 60_000 };

/** How a lender and its settings are called; the installation's have other names than a workspace's. */
export type LenderWords = {
  /** The subject of every sentence: which lender, and whose. Never a secret. */
  who: string;
  /** The setting with the lender's public key. */
  publicKey: string;
  mend: { away: string; refused: string; unsigned: string };
};

/** Asks a lender for a debt that does not exist, and tells whether it knows us. */
export async function askLender(options: LenderOptions, words: LenderWords): Promise<Finding> {
  // Of the form that debt keys have, and known to nobody.
  const verdict = await probeQitech(
    { ...options, clock: () => new Date() },
    `doctor-${randomBytes(16).toString('hex')}`,
  );
  return findingOf(verdict, words, options.lenderPublicKeyPem !== undefined);
}

function findingOf(verdict: ProbeVerdict, words: LenderWords, isSigned: boolean): Finding {
  const { who, publicKey, mend } = words;
  switch (verdict.class) {
    case 'away':
      return failed(`${who} gave no usable answer (${verdict.reason}).`, mend.away);
    case 'refused':
      return failed(
        `${who} does not accept our credentials (${lenderCode(verdict.code) ?? verdict.reason}).`,
        mend.refused,
        ...(Math.abs(verdict.skewMs) > skewMs.alarm ? [`Set the clock right first: ${skewWords(verdict.skewMs)}`] : []),
      );
    case 'unsigned':
      return failed(
        `${who} accepts our credentials, and its answer is not signed by the key of ${publicKey}.`,
        mend.unsigned,
      );
    case 'accepted':
      return clocksAgree(verdict.skewMs, words, isSigned);
  }
}

const skewWords = (ms: number): string =>
  `the lender's clock is ${Math.round(Math.abs(ms) / 1000)} seconds ${ms > 0 ? 'ahead of' : 'behind'} this machine's.`;

function clocksAgree(ms: number, { who, publicKey }: LenderWords, isSigned: boolean): Finding {
  const apart = Math.abs(ms);
  const mend = 'Run a time service on this machine; when it is right, tell the lender.';
  if (apart > skewMs.most) return failed(`${who} may refuse requests: ${skewWords(ms)}`, mend);
  if (apart > skewMs.alarm) return warning(`${who} accepts our credentials, but ${skewWords(ms)}`, mend);
  const ofAnswers = isSigned
    ? ', and its answers bear its signature'
    : `; its answers need no signature, as ${publicKey} is not set`;
  return ok(`${who} accepts our credentials${ofAnswers}.`);
}
