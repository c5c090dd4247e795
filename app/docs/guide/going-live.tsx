import { CodeBlock } from '#components/ui/code-block.tsx';
import { type SettingName, settings } from '#lib/domain/settings.ts';
import { paths } from '#lib/paths.ts';
import type { GuideProps } from './guide-topics.ts';
import { ownDatabase } from './own-database.ts';
import { neededInProduction, wiseInProduction } from './production-settings.ts';
import { Section } from './section.tsx';
import { TermList } from './term-list.tsx';

/** From the sandbox to real customers, in the order in which it is done. */
export function GoingLive(_: GuideProps) {
  return (
    <>
      <p>
        Production is the same program with <code>ACEITE_MODE=production</code>. A missing or unsafe setting stops the
        start with a list of what to set, so nothing is left to luck.
      </p>
      <Section id="settings" title="1. Settings">
        <p>
          From the environment or from a file <code>.env</code> beside <code>package.json</code>. These must be there:
        </p>
        <TermList terms={neededInProduction.map((name) => settingTerm(name))} />
        <p>These are worth a thought before the first customer:</p>
        <TermList terms={wiseSettings.map((name) => settingTerm(name, wiseInProduction[name]))} />
      </Section>
      <Database />
      <Running />
      <Access />
      <Section id="proxies" title="5. The proxy in front">
        <p>
          The address from which somebody signs is evidence, so it is believed only from those whom{' '}
          <code>TRUSTED_PROXIES</code> names: list the networks of your proxies, or <code>none</code> when there is
          none. A wrong list shows at once: an acceptance that seems to come from a private address is answered with{' '}
          <code>client_address_untrusted</code>, nothing is signed and nothing is lost. Courts ask for the source port
          too: let the proxy pass it in a header and name that in <code>CLIENT_PORT_HEADER</code>.
        </p>
        <p>
          Keep <code>/metrics</code> and <code>/health/*</code> to your own network.
        </p>
      </Section>
      <Lender />
      <Keeping />
    </>
  );
}

const wiseSettings = Object.keys(wiseInProduction) as (keyof typeof wiseInProduction)[];

const settingTerm = (name: SettingName, otherwise?: string) => ({
  term: name,
  meaning: otherwise === undefined ? settings[name] : `${settings[name]} ${otherwise}`,
});

function Database() {
  return (
    <Section id="database" title="The database">
      <p>
        <code>DATABASE_URL=embedded</code> is the Postgres that comes with the portal, for one machine. One of your own
        is version 15 or later, in UTF8, a primary with <code>fsync</code> and <code>synchronous_commit</code> on. It
        needs one database and two logins, made once by an administrator:
      </p>
      <CodeBlock text={ownDatabase.join('\n')} />
      <p>
        The owner (<code>MIGRATION_DATABASE_URL</code>) makes the tables and the roles of row-level security, hence{' '}
        <code>CREATEROLE</code>; migrations, backups and restores use it. The portal (<code>DATABASE_URL</code>) owns
        nothing and needs no right of its own: <code>migrate</code> lets it take those roles. On a server that forbids{' '}
        <code>CREATEROLE</code> the portal runs without this second wall, and <code>doctor</code> says so.
      </p>
    </Section>
  );
}

function Running() {
  return (
    <Section id="running" title="2. Keys, migrations, processes">
      <p>
        On a new machine <code>npm ci</code> installs what is needed. The key files come first:
      </p>
      <CodeBlock
        text={[
          'openssl ecparam -name secp521r1 -genkey -noout -out qitech-key.pem',
          'openssl ec -in qitech-key.pem -pubout -out qitech-key.pub.pem',
          'npm run aceite -- keys create <file>',
        ].join('\n')}
      />
      <p>Then set what stands above, and go on:</p>
      <CodeBlock
        text={[
          'export ACEITE_MODE=production',
          'ACEITE_LOG_KEY_FILE=<file> npm run aceite -- log-signer --new-key',
          'npm run aceite -- migrate',
          'npm run aceite -- serve',
          'npm run aceite -- worker',
          'ACEITE_LOG_KEY_FILE=<file> npm run aceite -- log-signer',
        ].join('\n')}
      />
      <p>
        The last three run until they are stopped: a terminal or a service each. With <code>DATABASE_URL=embedded</code>{' '}
        nothing runs that they could reach; there <code>npm start</code>, in production mode and with both{' '}
        <code>ACEITE_LOG_KEY_FILE</code> and <code>ACEITE_LOG_PUBLIC_KEYS</code> set, starts the database, migrates it
        and runs all three.
      </p>
      <p>
        <code>qitech-key.pem</code> is for <code>QITECH_PRIVATE_KEY_FILE</code>; its public half goes to the lender.
        Keep all three key files readable by the portal's user alone (<code>chmod 600</code>). What{' '}
        <code>--new-key</code> prints goes into <code>ACEITE_LOG_PUBLIC_KEYS</code>. Any number of <code>serve</code>{' '}
        and <code>worker</code> work on one database. <code>log-signer</code> alone reads the key that signs the public
        log: run it where nobody reaches the web processes. The key file opens everything that is sealed, and no backup
        holds it: keep a copy in another place.
      </p>
    </Section>
  );
}

function Access() {
  return (
    <>
      <Section id="workspace" title="3. Workspace and people">
        <CodeBlock
          text={[
            'npm run aceite -- workspace create --name "Loja" \\',
            '  --merchant-legal-name "Loja Ltda." --lender-legal-name "Credor S.A."',
            'npm run aceite -- staff create --email ana@loja.example --role admin --workspace "Loja"',
          ].join('\n')}
        />
        <p>The legal names stand in the words that signers accept: write them as in the contract.</p>
      </Section>
      <Section id="keys" title="4. API keys and origins">
        <CodeBlock
          text={[
            'npm run aceite -- api-key create --workspace "Loja" \\',
            '  --scope sessions:write --scope sessions:read --scope evidence:read \\',
            '  --return-origin https://loja.example',
          ].join('\n')}
        />
        <p>
          One key per system, with the scopes that it needs and no more. A key without <code>--return-origin</code>{' '}
          takes no <code>returnUrl</code>; <code>--allow-ip</code> and <code>--expires</code> bind it further. To change
          a key, <code>npm run aceite -- api-key rotate &lt;id&gt; --overlap 1d</code> makes its successor and lets the
          old one work for that long; one that has leaked is ended at once by <code>api-key revoke &lt;id&gt;</code>.
        </p>
      </Section>
    </>
  );
}

function Lender() {
  return (
    <Section id="credentials" title="6. The lender's credentials">
      <p>
        The lender gives you an integration key (<code>QITECH_API_CLIENT_KEY</code>) and takes your P-521 public key;
        the private half is at <code>QITECH_PRIVATE_KEY_FILE</code>. Ask which of its two ways of signing requests
        applies (<code>QITECH_AUTH_SCHEME</code>) and for its own public key, with which answers are checked. While a
        credential is wrong, deliveries are <code>PAUSED</code>: acceptances are kept. Once it is right, have them tried
        again on the dashboard, or queue all that a workspace has:{' '}
        <code>npm run aceite -- workspace lender release</code>. A worker that starts queues them too.
      </p>
      <p>
        Give the lender the address <code>{paths.lenderWebhook()}</code> of your portal for its notices: signed by the
        lender's key they are checked, kept, and cancel a session whose debt it has cancelled. A workspace with a
        contract of its own gets it by <code>npm run aceite -- workspace lender set</code>.
      </p>
    </Section>
  );
}

function Keeping() {
  return (
    <>
      <Section id="backups" title="7. Backups, proven">
        <CodeBlock
          text={['npm run aceite -- backup <file>', 'npm run aceite -- restore <file> --checkpoint <file>'].join('\n')}
        />
        <p>
          A backup is one file, taken while the portal runs: take one every night. The database notes each, and the
          doctor below fails when the last one is older than two days. Restore it now and then into another place: it
          proves every row, key and dossier, or says what is missing. Fetch <code>/log/checkpoint</code> from outside
          from time to time; with such a copy a restore also proves that nothing is missing at the end.
        </p>
      </Section>
      <Section id="doctor" title="8. Ask the doctor">
        <CodeBlock text="npm run aceite -- doctor" />
        <p>
          looks at settings, database, clock, proxies, lender, time-stamp authorities, witnesses, keys, backups, the
          log, the deliveries and the webhooks, and says of each fault what to do about it. It changes nothing. Run it
          while the web runs, from a machine that reaches <code>PORTAL_URL</code> as customers do: it asks the web
          through that address whom the evidence would name. With <code>--json</code> scripts can read it; it ends with
          1 when something failed.
        </p>
      </Section>
      <Section id="first" title="9. The first real session">
        <p>
          Make a webhook endpoint (<a href={paths.docsGuide('webhooks')}>how</a>), create a session for a contract of
          your own with the production key, sign it on a phone, and look for <code>DELIVERED</code>, your{' '}
          <code>signing_session.completed</code> webhook and a dossier that verifies. Then let customers in.
        </p>
      </Section>
    </>
  );
}
