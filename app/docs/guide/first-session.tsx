import { CodeBlock } from '#components/ui/code-block.tsx';
import { paths } from '#lib/paths.ts';
import { apiCallOf } from '#lib/schema/examples/api-call.ts';
import { exampleLanguages } from '#lib/schema/examples/example-language.ts';
import { operations } from '#lib/schema/operations.ts';
import type { GuideProps } from './guide-topics.ts';
import { Section } from './section.tsx';

/** From nothing to the evidence of a signed contract, every step a command or a page. */
export function FirstSession({ portalUrl, sandboxFile }: GuideProps) {
  const base = `${portalUrl}${paths.apiBase()}`;
  return (
    <>
      <p>
        You need Linux, Node 20 or newer and curl. There is no account to open and nothing to configure: the sandbox
        brings its own database, lender and keys.
      </p>
      <StartAndKey sandboxFile={sandboxFile ?? './.aceite/sandbox.json'} />
      <Create base={base} />
      <Sign portalUrl={portalUrl} />
      <Evidence base={base} />
      <Section id="next" title="What comes next">
        <ul className="list-disc space-y-1 pl-5">
          <li>
            <a href={paths.docsGuide('webhooks')}>Webhooks</a> tell your back end when something happens, so that it
            need not ask.
          </li>
          <li>
            <a href={paths.docsGuide('testing')}>The sandbox</a> plays every lender that you can meet, and moves time.
          </li>
          <li>
            <a href={paths.docs()}>The reference</a> has every call in seven languages, and every error with its way
            out.
          </li>
        </ul>
      </Section>
    </>
  );
}

function StartAndKey({ sandboxFile }: { sandboxFile: string }) {
  return (
    <>
      <Section id="start" title="1. Start the portal">
        <p>In a clone of the repository:</p>
        <CodeBlock text="npm start" />
        <p>
          It installs, builds and starts everything, then prints a signing link, a staff login and an API key. Leave it
          running and open a second terminal in the same folder.
        </p>
      </Section>
      <Section id="key" title="2. Take the key">
        <p>
          Copy it from what was printed, or from <code>sandbox.json</code>, which is there for scripts:
        </p>
        <CodeBlock
          text={`export ACEITE_API_KEY=$(node -p ${quoted(`require(${JSON.stringify(sandboxFile)}).apiKey`)})`}
        />
      </Section>
    </>
  );
}

/** One word for the shell, whatever stands in the name of a folder. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function Create({ base }: { base: string }) {
  const create = operations.find(({ id }) => id === 'createSigningSession');
  return (
    <Section id="create" title="3. Create a session">
      {create && <CodeBlock text={exampleLanguages.curl.write(apiCallOf(create, base))} />}
      <p>
        The answer is <code>201</code> with a <code>signingSessionId</code> and a <code>redirectUrl</code>. Sending the
        same command again answers the same session, because the idempotency key is the same; for the next one change{' '}
        <code>orderId</code>, <code>debtKey</code> and the key.
      </p>
    </Section>
  );
}

function Sign({ portalUrl }: { portalUrl: string }) {
  return (
    <>
      <Section id="open" title="4. Open the link and sign">
        <p>
          Open <code>redirectUrl</code> in a browser: this is what your customer sees. The details that you sent are
          already there, so reading leads straight to the review. Tick both boxes and sign.
        </p>
        <p>
          Another link, with a sample contract of the usual length: <code>npm run aceite -- link</code>.
        </p>
      </Section>
      <Section id="receipt" title="5. Read the receipt">
        <p>
          The page that follows is the customer's receipt. Whoever is given its code can look it up at{' '}
          <a href={paths.verify()}>
            {portalUrl}
            {paths.verify()}
          </a>
          , which shows hashes and times and nobody's data. The way back to <code>returnUrl</code> is a link there; it
          is a courtesy, never the news that somebody signed.
        </p>
      </Section>
    </>
  );
}

function Evidence({ base }: { base: string }) {
  const session = `"${base}/signing/$SESSION_ID`;
  const key = '-H "X-API-Key: $ACEITE_API_KEY"';
  return (
    <Section id="evidence" title="6. Fetch the session and its evidence">
      <p>
        Put the <code>signingSessionId</code> into <code>SESSION_ID</code>, then:
      </p>
      <CodeBlock text={[`curl ${session}" ${key}`, `curl ${session}/evidence" ${key}`].join('\n')} />
      <p>
        <code>status</code> is <code>COMPLETED</code>: the acceptance is durable here. <code>delivery.status</code>{' '}
        becomes <code>DELIVERED</code> once the lender has it. Of each piece of the evidence you are told who says so.
      </p>
      <p>
        Everything that is needed to check it without this portal comes as one file. If you started the portal with{' '}
        <code>ACEITE_DATA_DIR</code> or <code>PORT</code>, set the same in this terminal: <code>trust</code> would else
        ask another installation.
      </p>
      <CodeBlock
        text={[
          `curl ${session}/dossier" ${key} -o dossier.zip`,
          'npm run --silent aceite -- trust > trust.json',
          'npm run --silent aceite -- verify dossier.zip --trust trust.json',
        ].join('\n')}
      />
      <p>
        It says <code>VALID_INTERIM</code> at first and <code>VALID</code> when the last time stamp is in, in the
        sandbox within about a minute after the lender has answered.
      </p>
    </Section>
  );
}
