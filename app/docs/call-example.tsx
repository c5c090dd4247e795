import { CodeBlock } from '#components/ui/code-block.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { apiCallOf } from '#lib/schema/examples/api-call.ts';
import { exampleLanguages } from '#lib/schema/examples/example-language.ts';
import { operationExample } from '#lib/schema/examples/operation-example.ts';
import type { Operation } from '#lib/schema/operations.ts';

/** One call as a program in each language, and what it is answered. The programs are those that the tests run. */
export function CallExample({ operation, base }: { operation: Operation; base: string }) {
  const call = apiCallOf(operation, base);
  const answer = operationExample(operation.id).answer?.(new URL(base).origin);
  const tabs = Object.entries(exampleLanguages).map(([id, { name, write }]) => ({
    id,
    label: name,
    panel: <CodeBlock text={write(call)} />,
  }));
  return (
    <>
      <Tabs name={`example-${operation.id}`} legend={`Language of the example of "${operation.summary}"`} tabs={tabs} />
      {answer !== undefined && (
        <Disclosure summary={`What "${operation.summary}" answers`}>
          <CodeBlock text={JSON.stringify(answer, null, 2)} />
        </Disclosure>
      )}
    </>
  );
}
