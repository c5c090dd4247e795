import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseReceiptCode } from '#lib/domain/receipt-code.ts';
import { exampleCompletedSession, exampleCreateBody } from './examples/example-session.ts';
import { openApiDocument } from './openapi.ts';
import { operations } from './operations.ts';

const portalUrl = 'https://portal.example';
const served = JSON.parse(JSON.stringify(openApiDocument(`${portalUrl}/api/v1`)));
const calls = operations.map((operation) => ({
  ...operation,
  described: served.paths[operation.path][operation.method],
}));

/** What the description says of one place: a schema, and examples under names. */
type Content = { schema: object; examples?: Record<string, { value: unknown }> };

test('the description is OpenAPI 3.1 by the word of the published schema', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(served))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('a description without what 3.1 demands is refused, so that the test above can fail', async () => {
  const { info: _, ...headless } = structuredClone(served);
  expect((await new Validator().validate(headless)).valid).toBe(false);
});

test('operationIds are unique', () => {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
});

describe.each(calls)('$id', ({ id, scope, path, body, query, success, errors, described }) => {
  test('says what it is called, what it does and who may call it', () => {
    expect(described.operationId).toBe(id);
    expect(described.summary).toMatch(/^\p{Lu}.*[^.]$/u);
    expect(described.description).toMatch(/^\p{Lu}.*\.$/u);
    expect(described.security).toEqual(scope ? expect.arrayContaining([{ apiKey: [] }]) : []);
  });

  test('shows examples of its request that satisfy its schemas', () => {
    const parameters = described.parameters as { name: string; in: string; schema: object; example?: unknown }[];
    const shown = parameters.filter(({ example }) => example !== undefined);
    for (const { name, schema, example } of shown) expect(faultOf(schema, example), name).toBe('');
    expect(shown.some((one) => one.in === 'path')).toBe(path.includes('{id}'));
    expect(shown.some(({ name }) => name === 'X-Idempotency-Key')).toBe(body !== undefined);
    expect(shown.some((one) => one.in === 'query')).toBe(query !== undefined && id !== 'readDocument');
    const content: Content | undefined = described.requestBody?.content['application/json'];
    expect(examplesOf(content)).toHaveLength(body ? 1 : 0);
    // What only our own parser checks, such as check digits, holds too.
    for (const example of examplesOf(content)) expect(body?.schema.safeParse(example).error).toBeUndefined();
    expect(faultsIn(content)).toEqual([]);
  });

  test('shows an example of its answer that satisfies its schema', () => {
    const content: Content | undefined = described.responses[success.status].content['application/json'];
    expect(examplesOf(content)).toHaveLength(success.mediaType ? 0 : 1);
    expect(faultsIn(content)).toEqual([]);
  });

  test('shows an answer for each code that it can be refused with, under its status', () => {
    const refusals = Object.entries<{ content: Record<string, Content> }>(described.responses).filter(
      ([status]) => Number(status) >= 400,
    );
    const shown = refusals.flatMap(([status, { content }]) => {
      const problems = content['application/problem+json'];
      expect(faultsIn(problems)).toEqual([]);
      return Object.entries(problems?.examples ?? {}).map(([code, { value }]) => {
        expect(value).toMatchObject({ code, status: Number(status), type: `${portalUrl}/docs/errors/${code}` });
        return code;
      });
    });
    expect(shown.toSorted()).toEqual([...new Set(errors)].toSorted());
  });
});

test('the examples agree with each other: the hash is of the text, the receipt code has its check character', () => {
  const { contract } = exampleCreateBody;
  const session = exampleCompletedSession(portalUrl);
  expect(session.contract.sha256).toBe(createHash('sha256').update(contract.text).digest('hex'));
  expect(session.contract.byteLength).toBe(Buffer.byteLength(contract.text));
  expect(parseReceiptCode(session.status === 'COMPLETED' ? session.receiptCode : '').ok).toBe(true);
});

const examplesOf = (content: Content | undefined): unknown[] =>
  Object.values(content?.examples ?? {}).map(({ value }) => value);

function faultsIn(content: Content | undefined): string[] {
  return examplesOf(content)
    .map((example) => faultOf(content?.schema ?? {}, example))
    .filter((fault) => fault !== '');
}

/** What is wrong with a value by a schema of the served description; empty when nothing is. */
function faultOf(schema: object, value: unknown): string {
  const text = JSON.stringify({ ...schema, $defs: served.components.schemas });
  const whole = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
  const parsed = whole.safeParse(value);
  return parsed.success ? '' : z.prettifyError(parsed.error);
}
