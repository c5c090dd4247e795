import type { Metadata } from 'next';
import { connection } from 'next/server';
import { errorCodes } from '#lib/domain/error-catalogue.ts';
import { portalAddress } from '#lib/http/portal-address.ts';
import { paths } from '#lib/paths.ts';
import { operations } from '#lib/schema/operations.ts';
import { DeliveryStatusTable } from './delivery-status-table.tsx';
import { DocsShell } from './docs-shell.tsx';
import { ErrorTable } from './error-table.tsx';
import { OperationReference } from './operation-reference.tsx';
import { SandboxLenderTable } from './sandbox-lender-table.tsx';

export const metadata: Metadata = { title: 'Aceite API reference' };

/** The reference, made from the schemas that parse requests, the error catalogue and the sandbox lender's own table. */
export default async function DocsPage() {
  await connection();
  const base = portalAddress(paths.apiBase());
  return (
    <DocsShell at={paths.docs()} width="wide">
      <h1>API reference</h1>
      <Conventions base={base} />
      <Contents />
      {operations.map((operation) => (
        <OperationReference key={operation.id} operation={operation} base={base} />
      ))}
      <section className="mt-12" aria-labelledby="delivery-status">
        <h2 id="delivery-status">Delivery statuses</h2>
        <p className="my-3">
          Where a signed session's acceptance is on its way to the lender: <code>delivery.status</code>.
        </p>
        <DeliveryStatusTable />
      </section>
      <section className="mt-12" aria-labelledby="sandbox-lender">
        <h2 id="sandbox-lender">The sandbox lender</h2>
        <p className="my-3">In sandbox mode the signer's CPF chooses what the lender does with the signature.</p>
        <SandboxLenderTable />
      </section>
      <section className="mt-12" aria-labelledby="checking">
        <h2 id="checking">Checking without an account</h2>
        <p className="my-3">
          Whoever holds a dossier checks it at <a href={paths.verify()}>{paths.verify()}</a> in the browser, or offline
          with the <code>verify.py</code> in it; <code>VERIFY.md</code> in it tells how, also by hand. Whoever holds a
          receipt code looks it up at <code>{paths.verify()}/&lt;code&gt;</code>. The public log is at{' '}
          <a href={paths.logFile('checkpoint')}>{paths.logFile('checkpoint')}</a>: keep a copy of it now and then, for
          only copies in other hands show a history that was rewritten.
        </p>
      </section>
      <section className="mt-12" aria-labelledby="errors">
        <h2 id="errors">Errors</h2>
        <p className="my-3">
          Each is <code>application/problem+json</code> with its code, a sentence in the language of Accept-Language
          (pt-BR or en), the id of the answer, and for wrong fields one entry per field.
        </p>
        <ErrorTable codes={errorCodes} />
      </section>
    </DocsShell>
  );
}

function Conventions({ base }: { base: string }) {
  return (
    <div className="my-4 max-w-[44rem] space-y-3">
      <p>
        Base address <code>{base}</code>. JSON in UTF-8, camelCase; times in RFC 3339, UTC with milliseconds. The key
        goes into <code>X-API-Key</code>. The same as a machine reads it:{' '}
        <a href={paths.apiDescription()}>openapi.json</a>.
      </p>
      <p>
        Unknown fields and query values are refused by name. An optional field without a value is absent; null stands
        only in <code>delivery</code>, for what has not happened or was not said, and in <code>nextCursor</code> at the
        end of a list. A value that is not built yet is refused with <code>validation_failed</code>, whose entry in{' '}
        <code>errors</code> has the code <code>not_available</code>; it is never ignored.
      </p>
      <p>
        <code>X-Idempotency-Key</code> on POST and DELETE makes a repeat safe for 24 hours: the same key with the same
        request answers the same bytes, with <code>Idempotency-Replayed: true</code>.
      </p>
      <p>
        The programs below run as they stand, with nothing but what the language brings (TypeScript from Node 22.18 on,
        which takes it as it is): put the key into <code>ACEITE_API_KEY</code> and save each under the name that its
        language expects. For TypeScript there is also <a href={paths.docsClient()}>a typed client</a>: one file without
        dependencies, made from the same description, that repeats only what is safe to repeat.
      </p>
    </div>
  );
}

function Contents() {
  return (
    <nav aria-label="Contents" className="my-6">
      <ul className="list-disc space-y-1 pl-5">
        {operations.map(({ id, summary }) => (
          <li key={id}>
            <a href={`#${id}`}>{summary}</a>
          </li>
        ))}
        <li>
          <a href="#delivery-status">Delivery statuses</a>
        </li>
        <li>
          <a href="#sandbox-lender">The sandbox lender</a>
        </li>
        <li>
          <a href="#checking">Checking without an account</a>
        </li>
        <li>
          <a href="#errors">Errors</a>
        </li>
      </ul>
    </nav>
  );
}
