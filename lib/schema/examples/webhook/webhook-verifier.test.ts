import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { prepareExamples, runsHere } from '#lib/testing/example-program.ts';
import { argumentsOf, judging, type ReceivedMessage } from '#lib/testing/webhook-harness.ts';
import { webhookMessage } from '../../webhook-message.ts';
import { exampleWebhook } from './example-webhook.ts';
import { verifyByPublicKey } from './verify-typescript.ts';
import { type ReceiverLanguage, webhookVerifiers } from './webhook-verifier.ts';

const languages = Object.keys(webhookVerifiers) as ReceiverLanguage[];
const here = languages.filter(runsHere);

const now = new Date();
const otherSecret = `whsec_${Buffer.from('another secret of 24 bytes').toString('base64')}`;

/** A message signed now by the library that others verify with. */
function signed(
  changes: Partial<ReceivedMessage> = {},
  at = now,
  signer: string = exampleWebhook.secret,
): ReceivedMessage {
  const { secret, id, body } = exampleWebhook;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { secret, id, timestamp, body, signature: new Webhook(signer).sign(id, at, body), ...changes };
}

const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const previous = signed({}, now, otherSecret).signature;

const messages: [string, ReceivedMessage, 'genuine' | 'refused'][] = [
  ['as it was sent', signed(), 'genuine'],
  [
    'while the secret is being changed, with a signature of each',
    signed({ signature: `${previous} ${signed().signature}` }),
    'genuine',
  ],
  [
    'with a signature of a kind that the receiver does not know',
    signed({ signature: `v1a,AAAA ${signed().signature}` }),
    'genuine',
  ],
  ['sent four minutes ago', signed({}, minutesAgo(4)), 'genuine'],
  ['with another word in its body', signed({ body: exampleWebhook.body.replace('COMPLETED', 'CANCELLED') }), 'refused'],
  ['under another id', signed({ id: 'another' }), 'refused'],
  ['signed by somebody else', signed({}, now, otherSecret), 'refused'],
  ['repeated six minutes later', signed({}, minutesAgo(6)), 'refused'],
  ['dated six minutes ahead', signed({}, minutesAgo(-6)), 'refused'],
  ['without a signature', signed({ signature: '' }), 'refused'],
  ['with half a signature', signed({ signature: signed().signature.slice(0, 20) }), 'refused'],
  [
    'with the right signature under a version that is not v1',
    signed({ signature: signed().signature.replace('v1,', 'v2,') }),
    'refused',
  ],
];

describe.each(here)('the receiver in %s', (language) => {
  test('believes the portal and nobody else', async () => {
    expect(await judgedBy(language, judging[language](webhookVerifiers[language].text), messages)).toEqual(
      expected(messages),
    );
  });
});

for (const language of languages.filter((one) => !here.includes(one))) {
  test(`the receiver in ${language} was not run: not on this machine`, () => {
    expect(runsHere(language)).toBe(false);
    expect(webhookVerifiers[language].text).toContain('webhook-signature');
  });
}

test('a receiver without a secret believes the holder of the private key and nobody else', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spoken = (body: string): string => {
    const content = Buffer.from(`${exampleWebhook.id}.${signed().timestamp}.${body}`);
    return `v1a,${sign(null, content, privateKey).toString('base64')}`;
  };
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  const own = (changes: Partial<ReceivedMessage>) => signed({ secret: `whpk_${raw}`, ...changes });
  const cases: typeof messages = [
    ['as it was sent', own({ signature: `${signed().signature} ${spoken(exampleWebhook.body)}` }), 'genuine'],
    ['with the signature of another body', own({ signature: spoken('{}') }), 'refused'],
    ['with the signature of a secret', own({}), 'refused'],
  ];
  expect(await judgedBy('typescript', judging.typescript(verifyByPublicKey), cases)).toEqual(expected(cases));
});

test('the message that the guide shows is signed as the standard says', () => {
  const { secret, id, timestamp, body, signature } = exampleWebhook;
  expect(webhookMessage.parse(JSON.parse(body)).eventId).toBe(id);
  expect(signature).toBe(new Webhook(secret).sign(id, new Date(Number(timestamp) * 1000), body));
});

const expected = (cases: typeof messages) => Object.fromEntries(cases.map(([name, , verdict]) => [name, verdict]));

async function judgedBy(language: ReceiverLanguage, text: string, cases: typeof messages) {
  const folder = await mkdtemp(join(tmpdir(), 'aceite-receiver-'));
  const run = await prepareExamples(language, folder, { Receiver: text });
  const { out, err } = await run('Receiver', '', ...argumentsOf(cases.map(([, message]) => message)));
  await rm(folder, { recursive: true });
  const verdicts = out.trim().split('\n');
  expect(verdicts, err).toHaveLength(cases.length);
  return Object.fromEntries(cases.map(([name], index) => [name, verdicts[index]]));
}
