import { openApiDocument } from '../openapi.ts';
import { clientMethods, clientTypes } from './client-runtime.ts';
import { componentTypes } from './component-types.ts';
import { membersText, type Schema, typeText } from './type-text.ts';

type Content = { schema: Schema };
type Described = {
  operationId: string;
  summary: string;
  security: readonly unknown[];
  parameters: readonly { name: string; in: string; schema: Schema; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, Content> };
  responses: Record<string, { content: Record<string, Content & { examples?: Record<string, unknown> }> }>;
};
type Document = {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};
const nowhere = { indent: '    ', before: '' };

type Call = Described & { method: string; path: string };

/**
 * A client for the whole API as one TypeScript file without dependencies, made from the served description alone: what it cannot say, the
 * description does not say either. The same description gives the same text, to the byte.
 */
export function writeClient(): string {
  const document = openApiDocument('https://portal.example/api/v1') as unknown as Document;
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ ...described, method, path })),
  );
  // The description of itself needs no client.
  const typed = calls.filter(({ security }) => security.length > 0);
  return [
    `/**\n * ${document.info.title}, version ${document.info.version}. Generated from openapi.json: npm run aceite -- openapi --client\n */\n`,
    componentTypes(document.components.schemas),
    `export type ErrorCode =\n${codesOf(calls)
      .map((code) => `  | '${code}'`)
      .join('\n')};\n`,
    clientTypes,
    classText(typed),
  ].join('\n');
}

function codesOf(calls: readonly Call[]): string[] {
  const answers = calls.flatMap(({ responses }) => Object.values(responses));
  const codes = answers.flatMap(({ content }) => Object.keys(content['application/problem+json']?.examples ?? {}));
  return [...new Set(codes)].toSorted();
}

function classText(calls: readonly Call[]): string {
  return `export class AceiteClient {
  readonly #options: AceiteOptions;

  constructor(options: AceiteOptions) {
    this.#options = options;
  }

${calls.map(methodText).join('\n')}
${clientMethods}`;
}

/** One call as a method: what has to be given first, what may be given behind it. */
function methodText({ operationId, summary, method, path, parameters, requestBody, responses }: Call): string {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const body = requestBody?.content['application/json']?.schema;
  const needsBody = requestBody?.required === true;
  const given = [
    path.includes('{id}') && 'id: string',
    body && `body${needsBody ? '' : '?'}: ${typeText(body, nowhere)}`,
    query.length > 0 && `query: {\n${queryText(query)}\n    } = {}`,
    'options: CallOptions = {}',
  ].filter((one) => one !== false && one !== undefined);
  const { reader, answer } = answerOf(responses);
  const address = path.includes('{id}') ? `\`${path.replace('{id}', encodedId)}\`` : `'${path}'`;
  const parts = [`method: '${method.toUpperCase()}'`, `path: ${address}`];
  const sent = [...parts, ...(body ? ['body'] : []), ...(query.length > 0 ? ['query'] : []), 'options'].join(', ');
  return `  /** ${summary}. */
  ${operationId}(${signature(given, operationId.length + answer.length)}): Promise<${answer}> {
    return this.#${reader}({ ${sent} });
  }
`;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the program that is written holds the template.
const encodedId = '${encodeURIComponent(id)}';

/** On one line where it fits, or one a line. */
function signature(given: readonly string[], around: number): string {
  const line = given.join(', ');
  if (!line.includes('\n') && line.length + around < 100) return line;
  return `\n${given.map((one) => `    ${one},`).join('\n')}\n  `;
}

function queryText(query: Described['parameters']): string {
  const properties = query.map(({ name, schema, description }) => [
    name,
    { ...schema, ...(description && { description }) },
  ]);
  return membersText({ properties: Object.fromEntries(properties) }, '      ');
}

function answerOf(responses: Described['responses']): { reader: 'json' | 'bytes'; answer: string } {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const json = success?.content['application/json'];
  return json ? { reader: 'json', answer: typeText(json.schema, nowhere) } : { reader: 'bytes', answer: 'Uint8Array' };
}
