import { CodeBlock } from '#components/ui/code-block.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { exampleWebhook } from '#lib/schema/examples/webhook/example-webhook.ts';
import { verifyByPublicKey } from '#lib/schema/examples/webhook/verify-typescript.ts';
import { webhookVerifiers } from '#lib/schema/examples/webhook/webhook-verifier.ts';
import { Section } from './section.tsx';

const { secret, id, timestamp, signature, body } = exampleWebhook;

/** The message and its signature, in each language, with one message to try one's own code on. */
export function Verifying() {
  return (
    <>
      <Section id="message" title="What comes in">
        <CodeBlock
          text={[
            'POST /webhooks HTTP/1.1',
            'Content-Type: application/json',
            `webhook-id: ${id}`,
            `webhook-timestamp: ${timestamp}`,
            `webhook-signature: ${signature}`,
            '',
            JSON.stringify(JSON.parse(body), null, 2),
          ].join('\n')}
        />
        <p>
          Signed is <code>webhook-id</code>, a full stop, <code>webhook-timestamp</code>, a full stop and the body's
          bytes. <code>v1</code> is HMAC-SHA256 under your secret (what follows <code>whsec_</code> is base64),{' '}
          <code>v1a</code> is Ed25519 under the portal's key. The header holds all signatures, divided by spaces; one
          that fits is enough.
        </p>
      </Section>
      <Section id="verify" title="Verify it">
        <p>
          The bytes are signed as they come. Take the raw body before any JSON parser has touched it, and never write it
          anew: a body that was parsed and serialised again has other bytes, and no signature fits. Refuse what is older
          than five minutes.
        </p>
        <Tabs
          name="receiver"
          legend="Language of the receiver"
          tabs={Object.entries(webhookVerifiers).map(([language, { name, text }]) => ({
            id: language,
            label: name,
            panel: <CodeBlock text={text} />,
          }))}
        />
        <Disclosure summary="Without a secret: by the portal's public key (v1a)">
          <p className="mb-3">
            The key of your workspace (<code>whpk_…</code>) is at <code>GET /api/v1/webhook-keys</code>.
          </p>
          <CodeBlock text={verifyByPublicKey} />
        </Disclosure>
        <Disclosure summary="A message to try your own code on">
          <p className="mb-3">
            Under the secret <code className="[overflow-wrap:anywhere]">{secret}</code> the message above, with its body
            on one line, has the signature above. Its time is past: leave the check of the age out for this one.
          </p>
          <CodeBlock text={body} />
        </Disclosure>
      </Section>
    </>
  );
}
