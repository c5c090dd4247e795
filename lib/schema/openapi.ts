import { z } from 'zod';
import { type ErrorCode, errorCatalogue } from '#lib/domain/error-catalogue.ts';
import { apiChanges } from './api-changes.ts';
import { operationExample } from './examples/operation-example.ts';
import { problemExample } from './examples/problem-example.ts';
import { type Operation, operations, type ResponseHeader } from './operations.ts';
import { problem } from './problem.ts';

type Json = { [name: string]: unknown };

/**
 * The API's description, OpenAPI 3.1, made from the schemas that parse requests and type answers, so that it cannot say anything else.
 * `serverUrl` is the public base, ending in `/api/v1`.
 */
export function openApiDocument(serverUrl: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const described = { [operation.method]: describeOperation(operation, components, portalUrlOf(serverUrl)) };
    paths[operation.path] = { ...paths[operation.path], ...described };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Aceite signing sessions',
      version: apiChanges[0].version,
      description:
        'JSON in UTF-8, camelCase; times in RFC 3339 UTC with milliseconds. Errors are problem+json in the language of Accept-Language (pt-BR, en); each code has its page. New fields may appear in answers: ignore those that you do not know.',
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
      headers: responseHeaders,
    },
  };
}

/** The examples name addresses of this portal. */
const portalUrlOf = (serverUrl: string): string => serverUrl.replace(/\/api\/v1$/, '');

/** The JSON Schema of one shape, its named parts as references into `components`, which it fills. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const { $schema, $defs = {}, ...own } = z.toJSONSchema(schema, { io }) as Json & { $defs?: Json };
  for (const [name, definition] of Object.entries($defs)) components[name] = withComponentRefs(definition);
  return withComponentRefs(own) as Json;
}

function withComponentRefs(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function describeOperation(operation: Operation, components: Json, portalUrl: string): Json {
  const { id, summary, description, scope, takesSignature, body, success } = operation;
  const example = operationExample(id);
  const security = !scope ? [] : takesSignature ? [{ apiKey: [] }, {}] : [{ apiKey: [] }];
  return {
    operationId: id,
    summary,
    description: scope ? `${description} Scope: ${scope}.` : description,
    security,
    parameters: parametersOf(operation, components),
    ...(body && {
      requestBody: {
        required: !body.isOptional,
        content: {
          'application/json': {
            schema: jsonSchemaOf(body.schema, 'input', components),
            ...exampleOf(example.body),
          },
        },
      },
    }),
    responses: {
      [success.status]: describeSuccess(scope ? withLimit(success) : success, components, example.answer?.(portalUrl)),
      ...errorResponses(operation, components, portalUrl),
    },
  };
}

/** Under one name, so that readers that show `examples` alone show it too; nothing where there is none. */
function exampleOf(value: unknown): Json {
  return value === undefined ? {} : { examples: { usual: { value } } };
}

function parametersOf({ id: operationId, path, query, body }: Operation, components: Json): Json[] {
  const example = operationExample(operationId);
  const id = { name: 'id', in: 'path', required: true, description: 'signingSessionId', schema: { type: 'string' } };
  const inPath = path.includes('{id}') ? [{ ...id, example: example.id }] : [];
  const inQuery = query ? queryParameters(query, components, example.query) : [];
  const forWriting = body ? [{ ...idempotencyKey, example: example.idempotencyKey }] : [];
  const language = { name: 'Accept-Language', in: 'header', schema: { type: 'string' }, description: 'pt-BR or en.' };
  return [...inPath, ...inQuery, ...forWriting, language];
}

const idempotencyKey = {
  name: 'X-Idempotency-Key',
  in: 'header',
  description:
    'One per operation; the same key with the same request answers the same bytes for 24 hours. Idempotency-Key is an alias.',
  schema: { type: 'string', minLength: 1, maxLength: 256, pattern: '^[\\x21-\\x7e]+$' },
};

function queryParameters(query: z.ZodObject, components: Json, example: Record<string, string> = {}): Json[] {
  const { properties = {} } = jsonSchemaOf(query, 'input', components) as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description !== undefined && { description }),
    schema,
    ...(example[name] !== undefined && { example: schema.type === 'integer' ? Number(example[name]) : example[name] }),
  }));
}

/** Every call by a key says how its limit stands. */
const withLimit = (success: Operation['success']): Operation['success'] => ({
  ...success,
  headers: [...(success.headers ?? []), 'RateLimit-Policy', 'RateLimit'],
});

function describeSuccess(
  { description, schema, mediaType, headers = [] }: Operation['success'],
  components: Json,
  example: unknown,
): Json {
  const json = {
    'application/json': {
      schema: schema ? jsonSchemaOf(schema, 'output', components) : { type: 'object' },
      ...exampleOf(example),
    },
  };
  const content = mediaType ? fileContent[mediaType] : json;
  return { description, headers: headerRefs(['X-Request-Id', ...headers]), content };
}

/** OpenAPI 3.1: bytes that are no text have a media type and no schema. */
const fileContent = {
  'application/zip': { 'application/zip': {} },
  'application/pdf': { 'application/pdf': {} },
} as const satisfies Record<NonNullable<Operation['success']['mediaType']>, Json>;

/** One answer per status, naming the codes that it can carry. */
function errorResponses({ scope, errors }: Operation, components: Json, portalUrl: string): Json {
  if (!scope) return {};
  const schema = jsonSchemaOf(problem, 'output', components);
  const byStatus = Map.groupBy(errors, (code) => errorCatalogue[code].status);
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, codes]) => [status, describeError(codes, schema, portalUrl)]),
  );
}

/** Codes whose answers say when to come back. */
const waitingCodes: ReadonlySet<ErrorCode> = new Set([
  'rate_limited',
  'temporarily_unavailable',
  'idempotency_in_progress',
]);

function describeError(codes: readonly ErrorCode[], schema: Json, portalUrl: string): Json {
  const named = { allOf: [schema, { type: 'object', properties: { code: { enum: [...codes] } } }] };
  const retries = codes.some((code) => waitingCodes.has(code));
  return {
    description: codes.map((code) => `${code}: ${errorCatalogue[code].title.en}.`).join(' '),
    headers: headerRefs(['X-Request-Id', 'Content-Language', ...(retries ? (['Retry-After'] as const) : [])]),
    content: { 'application/problem+json': { schema: named, examples: problemExamples(codes, portalUrl) } },
  };
}

function problemExamples(codes: readonly ErrorCode[], portalUrl: string): Json {
  return Object.fromEntries(codes.map((code) => [code, { value: problemExample(code, `${portalUrl}/docs`) }]));
}

type NamedHeader = ResponseHeader | 'X-Request-Id' | 'Content-Language' | 'Retry-After';

const responseHeaders: Record<NamedHeader, Json> = {
  'X-Request-Id': {
    description: 'Names this answer in our logs; quote it.',
    required: true,
    schema: { type: 'string' },
  },
  'Content-Language': { description: 'Language of title, detail and messages.', schema: { enum: ['pt-BR', 'en'] } },
  'Retry-After': { description: 'Seconds to wait; only with some codes.', schema: { type: 'integer', minimum: 1 } },
  'RateLimit-Policy': {
    description: 'The limit that the call met: q calls within w seconds (draft-ietf-httpapi-ratelimit-headers-10).',
    schema: { type: 'string' },
  },
  RateLimit: { description: 'r calls are left; all are back in t seconds.', schema: { type: 'string' } },
  Location: { description: 'Address of the new session.', schema: { type: 'string', format: 'uri' } },
  'Content-Digest': { description: 'RFC 9530: sha-256 of the bytes.', schema: { type: 'string' } },
  'Content-Disposition': { description: 'attachment', schema: { type: 'string' } },
  'Idempotency-Replayed': {
    description: 'true when this is the kept answer of the first request.',
    schema: { enum: ['true'] },
  },
};

function headerRefs(names: readonly NamedHeader[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
