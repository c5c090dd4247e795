import { CodeBlock } from '#components/ui/code-block.tsx';
import { attemptSecondsMax } from '#lib/domain/webhook-limits.ts';
import { givenUpAfterDays, webhookRetryDelaysMs } from '#lib/domain/webhook-schedule.ts';
import { Section } from './section.tsx';

/** What to answer, what comes when one does not, and the tools for both sides of it. */
export function Receiving() {
  return (
    <>
      <Section id="answer" title="What to answer">
        <p>
          Any <code>2xx</code> within {attemptSecondsMax} seconds. Store the message, answer, and work afterwards.
          Everything else is a failure: redirects are not followed, and what you write in the answer is not read for
          meaning.
        </p>
        <ul className="list-disc space-y-1 pl-5">
          <li>
            <code>410</code> says that the endpoint is gone: it is disabled at once.
          </li>
          <li>
            <code>429</code>, <code>502</code>, <code>503</code> and <code>504</code> with <code>Retry-After</code> are
            asked again no sooner than that, at most a day later.
          </li>
          <li>An endpoint that has answered nothing but failures for {givenUpAfterDays} days is disabled.</li>
        </ul>
        <p>One that was disabled stays so: make another, and read through the API what it has missed.</p>
      </Section>
      <Section id="retries" title="When it fails">
        <p>
          The same message is sent again after each failure, in this order: {retryDelays} later, spread a little so that
          what failed together does not return together: {webhookRetryDelaysMs.length + 1} attempts in about three days.
          Then it rests until you have it sent again: all that rest since an instant, or one message by its{' '}
          <code>eventId</code>, whether it had arrived or not. On the dashboard each message of an endpoint has a button
          for that.
        </p>
        <CodeBlock
          text={[
            'npm run aceite -- webhook resend <endpoint id> --since 2026-11-20T00:00:00Z',
            'npm run aceite -- webhook resend <endpoint id> --event <eventId>',
          ].join('\n')}
        />
      </Section>
      <Section id="duplicates" title="Duplicates and order">
        <p>
          A message comes at least once, and repeats keep their <code>webhook-id</code>, which is also the body's{' '}
          <code>eventId</code>: remember those that you have done, and answer <code>200</code> to a repeat.
        </p>
        <p>
          Order is not promised: a message that failed comes again after later ones. Never drop one for its number.{' '}
          <code>data.sequence</code> grows within a session, with gaps, so that you do not write an older status over a
          newer one. When in doubt read the session: the API is the truth, a message is news of it.
        </p>
      </Section>
      <Section id="rotation" title="Change the secret">
        <CodeBlock text="npm run aceite -- webhook rotate <endpoint id>" />
        <p>
          prints a new secret. For a day both sign, so the header holds two <code>v1</code> signatures and either secret
          fits: bring the new one out in that time. If the old one has leaked, add <code>--overlap 0</code>.
        </p>
      </Section>
      <Section id="try" title="Try it">
        <p>
          Without a public address: this sends what the sandbox tells to your receiver, and prints what it answered.
        </p>
        <CodeBlock text="npm run aceite -- listen --forward-to http://127.0.0.1:4242/webhooks" />
        <p>
          <code>npm run aceite -- webhook test &lt;endpoint id&gt;</code> sends a <code>webhook.test</code>. The
          dashboard shows the newest fifty messages of an endpoint with their attempts, their status, their duration and
          the beginning of your answers.
        </p>
      </Section>
    </>
  );
}

/** Each delay in the largest unit of which it is a whole number. */
const retryDelays = new Intl.ListFormat('en').format(
  webhookRetryDelaysMs.map((delayMs) => {
    const seconds = delayMs / 1_000;
    if (seconds % 3_600 === 0) return `${seconds / 3_600} hours`;
    return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
  }),
);
