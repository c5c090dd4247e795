import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#lib/config.ts';
import { askLender, type LenderWords } from './ask-lender.ts';
import { type Check, type Finding, notChecked, withSettings } from './check.ts';

export const lenderChecks: readonly Check[] = [{ id: 'lender', title: 'Lender', run: withSettings(judgeLender) }];

async function judgeLender(config: Config): Promise<Finding> {
  const keys = clientKeys(config);
  if (!keys) return notChecked('The sandbox has no keys for its lender yet.', 'Start the portal once: npm start');
  const { qitech } = config;
  return askLender({ ...qitech, ...keys, ...lenderKey(qitech.publicKeyFile) }, wordsOf(qitech));
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

function wordsOf({ baseUrl, isSandboxLender }: Config['qitech']): LenderWords {
  return {
    who: `The lender at ${new URL(baseUrl).host}`,
    publicKey: 'QITECH_PUBLIC_KEY_FILE',
    mend: {
      away: isSandboxLender
        ? 'Start the sandbox with npm start, or its lender alone: npm run aceite -- lender'
        : 'Look whether QITECH_BASE_URL is right, the way to it is open, and the lender has no outage.',
      refused:
        'Compare QITECH_API_CLIENT_KEY, QITECH_AUTH_SCHEME and QITECH_EMPTY_PAYLOAD with what the lender told you, and whether it has the public half of QITECH_PRIVATE_KEY_FILE.',
      unsigned: 'Ask the lender for its present public key and set QITECH_PUBLIC_KEY_FILE to it.',
    },
  };
}
