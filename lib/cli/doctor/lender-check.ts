import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#lib/config.ts';
import { type ProbeVerdict, probeQitech } from '#lib/providers/qitech/probe.ts';
import { type Check, type Finding, failed, notChecked, ok, warning, withSettings } from './check.ts';

/** `Date` has whole seconds, and the answer was on its way. Beyond the second the lender may refuse what we sign. */
const skewMs = { alarm: 5_000, most: 60_000 };

export const lenderChecks: readonly Check[] = [{ id: 'lender', title: 'Lender', run: withSettings(judgeLender) }];

async function judgeLender(config: Config): Promise<Finding> {
  const keys = clientKeys(config);
  if (!keys) return notChecked('The sandbox has no keys for its lender yet.', 'Start the portal once: npm start');
  const { qitech } = config;
  const options = { ...qitech, ...keys, clock: () => new Date(), ...lenderKey(qitech.publicKeyFile) };
  // Of the form that debt keys have, and known to nobody.
  const verdict = await probeQitech(options, `doctor-${randomBytes(16).toString('hex')}`);
  return findingOf(verdict, qitech);
}

function clientKeys({ mode, dataDir, qitech }: Config): { privateKeyPem: string; apiClientKey: string } | undefined {
  const isSandbox = mode === 'sandbox';
  const privateKeyFile = qitech.privateKeyFile ?? join(dataDir, 'lender-client-private-key.pem');
  const keyFile = join(dataDir, 'lender-api-client-key');
  if (isSandbox && !(existsSync(privateKeyFile) && (qitech.apiClientKey !== undefined || existsSync(keyFile))))
    return undefined;
  const apiClientKey = qitech.apiClientKey ?? readFileSync(keyFile, 'utf8').trim();
  return { privateKeyPem: readFileSync(privateKeyFile, 'utf8'), apiClientKey };
}

const lenderKey = (file: string | undefined) =>
  file === undefined ? {} : { lenderPublicKeyPem: readFileSync(file, 'utf8') };

function findingOf(verdict: ProbeVerdict, { baseUrl, isSandboxLender, publicKeyFile }: Config['qitech']): Finding {
  const { host } = new URL(baseUrl);
  switch (verdict.class) {
    case 'away':
      return failed(
        `The lender at ${host} gave no usable answer (${verdict.reason}).`,
        isSandboxLender
          ? 'Start the sandbox with npm start, or its lender alone: npm run aceite -- lender'
          : 'Look whether QITECH_BASE_URL is right, the way to it is open, and the lender has no outage.',
      );
    case 'refused':
      return failed(
        `The lender at ${host} does not accept our credentials (${verdict.code ?? verdict.reason}).`,
        'Compare QITECH_API_CLIENT_KEY, QITECH_AUTH_SCHEME and QITECH_EMPTY_PAYLOAD with what the lender told you, and whether it has the public half of QITECH_PRIVATE_KEY_FILE.',
        ...(Math.abs(verdict.skewMs) > skewMs.alarm ? [`Set the clock right first: ${skewWords(verdict.skewMs)}`] : []),
      );
    case 'unsigned':
      return failed(
        `The lender at ${host} accepts our credentials, and its answer is not signed by the key of QITECH_PUBLIC_KEY_FILE.`,
        'Ask the lender for its present public key and set QITECH_PUBLIC_KEY_FILE to it.',
      );
    case 'accepted':
      return clocksAgree(verdict.skewMs, host, publicKeyFile !== undefined);
  }
}

const skewWords = (ms: number): string =>
  `the lender's clock is ${Math.round(Math.abs(ms) / 1000)} seconds ${ms > 0 ? 'ahead of' : 'behind'} this machine's.`;

function clocksAgree(ms: number, host: string, isSigned: boolean): Finding {
  const apart = Math.abs(ms);
  const mend = 'Run a time service on this machine; when it is right, tell the lender.';
  if (apart > skewMs.most) return failed(`Requests may be refused: ${skewWords(ms)}`, mend);
  if (apart > skewMs.alarm) return warning(`The credentials are good, but ${skewWords(ms)}`, mend);
  return ok(
    `The lender at ${host} accepts our credentials${isSigned ? ', and its answers bear its signature' : '; its answers need no signature, as QITECH_PUBLIC_KEY_FILE is not set'}.`,
  );
}
