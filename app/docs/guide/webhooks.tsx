import { CodeBlock } from '#components/ui/code-block.tsx';
import { paths } from '#lib/paths.ts';
import type { GuideProps } from './guide-topics.ts';
import { Section } from './section.tsx';
import { TermList } from './term-list.tsx';
import { webhookEvents } from './webhook-events.ts';
import { WebhookFields } from './webhook-fields.tsx';
import { Receiving } from './webhook-receiving.tsx';
import { Verifying } from './webhook-verifying.tsx';

/** How a back end is told what happens: once set up, and right when things go wrong. */
export function Webhooks(_: GuideProps) {
  return (
    <>
      <p>
        The portal posts a small signed message to your endpoint when something happens to a session. Messages follow{' '}
        <strong>Standard Webhooks 1.0.0</strong>, so a library for it in your language works unchanged.
      </p>
      <Section id="endpoint" title="Make an endpoint">
        <CodeBlock
          text={[
            'npm run aceite -- webhook create --url https://loja.example/webhooks \\',
            '  --events signing_session.completed,evidence.final',
          ].join('\n')}
        />
        <p>
          prints the secret (<code>whsec_…</code>) once: keep it where your receiver finds it. Endpoints are also made
          on the dashboard. The address is https at port 443 or 8443; in sandbox mode any port, and http to this
          machine. Each endpoint has a secret and a queue of its own, so that one that fails delays no other.
        </p>
      </Section>
      <Section id="types" title="What you can be told">
        <TermList terms={webhookEvents.map(({ type, tells }) => ({ term: type, meaning: tells }))} />
        <p>
          A delivery that is <code>PAUSED</code> is told by no message: a credential or an address of the portal is
          wrong, which its operator mends and you cannot. It stands in <code>delivery</code> when you{' '}
          <a href={`${paths.docs()}#delivery-status`}>read the session</a>.
        </p>
        <p>
          New types and new fields may come: ignore those that you do not know. A message names the session and its
          state, and holds no personal data and no contract text; read the session for the rest.
        </p>
      </Section>
      <WebhookFields />
      <Verifying />
      <Receiving />
    </>
  );
}
