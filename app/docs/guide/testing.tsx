import { CodeBlock } from '#components/ui/code-block.tsx';
import { bucketOf, sandboxFactor } from '#lib/domain/rate-limits.ts';
import { paths } from '#lib/paths.ts';
import { SandboxLenderTable } from '../sandbox-lender-table.tsx';
import type { GuideProps } from './guide-topics.ts';
import { sandboxFields } from './sandbox-fields.ts';
import { Section } from './section.tsx';
import { TermList } from './term-list.tsx';

/** Everything that can happen in production, brought about on purpose and without waiting. */
export function Testing({ portalUrl }: GuideProps) {
  return (
    <>
      <p>
        The sandbox is the portal itself, with a lender of its own beside it. What your integration meets here it meets
        in production too, from the same code.
      </p>
      <Section id="scripts" title="What your scripts need: sandbox.json">
        <p>
          Once a sandbox is ready it writes <code>sandbox.json</code> (mode 0600) into its data folder,{' '}
          <code>.aceite</code> unless <code>ACEITE_DATA_DIR</code> says otherwise. In an empty folder waiting for that
          file is waiting for the portal; in one that was used before, wait for <code>/health/ready</code>.
        </p>
        <TermList terms={sandboxFields.map(({ field, holds }) => ({ term: field, meaning: holds }))} />
        <p>
          A second portal beside the first: give it another <code>PORT</code> and another <code>ACEITE_DATA_DIR</code>.
          The lender takes the port behind <code>PORT</code>.
        </p>
      </Section>
      <Section id="lender" title="Choose the lender's mood by CPF">
        <p>
          The signer's CPF decides what the sandbox lender does with the signature. Create a session with it in{' '}
          <code>signerDetails.identity</code>, sign, and watch <code>delivery.status</code>.
        </p>
        <SandboxLenderTable />
        <p>
          What the lender has received for a debt, byte for byte:{' '}
          <code>GET &lt;lenderUrl&gt;/sandbox/debts/&lt;debtKey&gt;</code>.
        </p>
      </Section>
      <Clock />
      <Section id="requests" title="See what you sent">
        <p>
          The dashboard lists the newest thousand calls of your keys at <code>{paths.dashboardRequests()}</code>, for a
          week at most: what was sent, what was answered, each wrong field with its rule. An answer's{' '}
          <code>X-Request-Id</code> finds its call there; production keeps the facts and leaves the bodies out.
        </p>
      </Section>
      <Section id="endings" title="Every ending, by hand or by program">
        <ul className="list-disc space-y-1 pl-5">
          <li>
            <code>COMPLETED</code>: open <code>redirectUrl</code> and sign. Every page works without scripts, so a
            program can fill the forms as they stand.
          </li>
          <li>
            <code>FAILED</code>: choose not to sign on any page of the journey.
          </li>
          <li>
            <code>CANCELLED</code>: <code>DELETE {paths.apiSession('<signingSessionId>')}</code>.
          </li>
          <li>
            <code>EXPIRED</code>: move the clock past <code>expiresAt</code>.
          </li>
        </ul>
        <p>
          Errors can be had at will, too: each entry of <a href={`${paths.docs()}#errors`}>{portalUrl}/docs#errors</a>{' '}
          says when it happens and shows the exact answer. Only <code>rate_limited</code> takes long: the sandbox has{' '}
          {sandboxFactor} times the limits of production, so a key is told to wait after{' '}
          {bucketOf('api_read', true).burst.toLocaleString('en')} calls that come faster than they come back.
        </p>
      </Section>
    </>
  );
}

function Clock() {
  return (
    <Section id="clock" title="Move time">
      <CodeBlock text="npm run aceite -- clock advance 7d" />
      <p>
        Everything in the sandbox sees the new time at once: sessions expire, retries fall due, webhooks are sent again,
        the overlap of a rotated key or secret ends, and <code>listen</code> prints the new time. Only{' '}
        <code>webhook-timestamp</code> stays real time, so that receivers go on believing it. The clock never goes back;
        a fresh <code>ACEITE_DATA_DIR</code> begins in the present. A portal in production has no such clock.
      </p>
    </Section>
  );
}
