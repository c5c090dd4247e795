import { expect } from 'vitest';
import { z } from 'zod';
import * as description from '#app/api/v1/openapi.json/route.ts';
import * as certificate from '#app/api/v1/signing/[id]/certificate/route.ts';
import * as document from '#app/api/v1/signing/[id]/document/route.ts';
import * as dossier from '#app/api/v1/signing/[id]/dossier/route.ts';
import * as evidence from '#app/api/v1/signing/[id]/evidence/route.ts';
import * as session from '#app/api/v1/signing/[id]/route.ts';
import * as providers from '#app/api/v1/signing/providers/route.ts';
import * as signing from '#app/api/v1/signing/route.ts';
import * as webhookKeys from '#app/api/v1/webhook-keys/route.ts';
import type { Endpoint } from '#lib/http/methods.ts';
import { openApiDocument } from '#lib/schema/openapi.ts';
import { type Operation, operations } from '#lib/schema/operations.ts';
import { type Doors, openDoors } from './doors.ts';
import { acceptedSession, createdSession } from './journey.ts';
import { startTestPortal, type TestPortal } from './portal.ts';

const endpoints: Record<string, Endpoint> = {
  createSigningSession: signing.POST,
  listSigningSessions: signing.GET,
  listProviders: providers.GET,
  readSigningSession: session.GET,
  cancelSigningSession: session.DELETE,
  readEvidence: evidence.GET,
  readDocument: document.GET,
  readDossier: dossier.GET,
  readCertificate: certificate.GET,
  listWebhookKeys: webhookKeys.GET,
  readDescription: description.GET,
};

export type Ask = { id?: string; query?: string; headers?: Record<string, string>; body?: unknown; apiKey?: string };
// biome-ignore lint/suspicious/noExplicitAny: a test looks into the answer as it came, and fails where it is not there.
export type Told = { response: Response; json: any; text: string; code: string };

/** The API as a merchant's program meets it; every answer is held against the served description on the way. */
export type DescribedApi = {
  portal: TestPortal;
  doors: Doors;
  /** `operationId code` of every answer so far; `success` stands for the documented success. */
  produced: Set<string>;
  /** Which members the refusals with a code had, over all of them. */
  said: Map<string, Set<string>>;
  ask(operationId: string, asked?: Ask): Promise<Told>;
  /** The same without a look at the description, for what it does not promise. */
  askRaw(operationId: string, asked?: Ask): Promise<Told>;
  /** A request of the operation with nothing wrong in it, so that only what a test changes can be at fault. */
  validAsk(operationId: string): Promise<Ask>;
  end(): Promise<void>;
};

export async function startDescribedApi(): Promise<DescribedApi> {
  const portal = await startTestPortal();
  const doors = openDoors(portal);
  const key = await doors.apiKey('sessions:read', 'sessions:write', 'evidence:read');
  const produced = new Set<string>();
  const said = new Map<string, Set<string>>();
  return {
    portal,
    doors,
    produced,
    said,
    ask: async (operationId, asked = {}) => {
      const told = await askAndCheck(doors, operationId, { apiKey: key, ...asked });
      produced.add(`${operationId} ${told.code}`);
      said.set(told.code, new Set([...(said.get(told.code) ?? []), ...Object.keys(told.json ?? {})]));
      return told;
    },
    askRaw: (operationId, asked = {}) => callOperation(doors, operationId, { apiKey: key, ...asked }),
    validAsk: (operationId) => validAsk(portal, operationId),
    end: async () => {
      doors.close();
      await portal.end();
    },
  };
}

let debts = 0;
/** A body that create accepts, for a debt of its own. */
export function createBody(changes: Record<string, unknown> = {}) {
  debts += 1;
  const contract = { title: 'Contrato', text: 'CLÁUSULA PRIMEIRA\nO crédito é de R$ 4.800,00.\n' };
  return { orderId: `pedido-${debts}`, debtKey: `divida-${debts}`, contract, ...changes };
}

async function validAsk(portal: TestPortal, operationId: string): Promise<Ask> {
  if (operationId === 'createSigningSession') return { body: createBody() };
  if (operationId === 'readDocument') return { id: (await acceptedSession(portal)).session.signingSessionId };
  return operationOf(operationId).path.includes('{id}') ? { id: (await createdSession(portal)).signingSessionId } : {};
}

function operationOf(operationId: string): Operation {
  const operation = operations.find(({ id }) => id === operationId);
  if (!operation) throw new Error(`there is no operation ${operationId}`);
  return operation;
}

/** Holds one answer against the description: status, media type, schema; and no cache may keep it. */
async function askAndCheck(doors: Doors, operationId: string, asked: Ask): Promise<Told> {
  const told = await callOperation(doors, operationId, asked);
  const { response, json, text } = told;
  const fault = faultAgainstDescription(operationOf(operationId), response, json);
  expect(fault, `${operationId} ${response.status} ${text}`).toBe('');
  expect(response.headers.get('cache-control')).toContain('no-store');
  return told;
}

async function callOperation(doors: Doors, operationId: string, asked: Ask): Promise<Told> {
  const { id = '', query = '', headers = {}, body, apiKey } = asked;
  const { method, path } = operationOf(operationId);
  const endpoint = endpoints[operationId];
  if (!endpoint) throw new Error(`the operation ${operationId} has no route`);
  const response = await doors.knock(endpoint, {
    method: method.toUpperCase(),
    path: `/api/v1${path.replace('{id}', id)}${query}`,
    params: { id },
    headers: { ...(apiKey && { 'X-API-Key': apiKey }), ...headers },
    body,
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
  return { response, json, text, code: response.ok ? 'success' : json.code };
}

const served = JSON.parse(JSON.stringify(openApiDocument('http://127.0.0.1:3000/api/v1')));
const schemas = new Map<string, z.ZodType>();

function faultAgainstDescription({ id, method, path }: Operation, response: Response, json: unknown): string {
  const described = served.paths[path][method].responses[response.status];
  if (!described) return `${response.status} is not documented`;
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? '';
  const content = Object.entries(described.content).find(([type]) => type.split(';')[0] === mediaType)?.[1];
  if (!content) return `${mediaType} is not documented for ${response.status}`;
  if (json === undefined) return '';
  const name = `${id} ${response.status}`;
  const schema = schemas.get(name) ?? standalone((content as { schema: object }).schema);
  schemas.set(name, schema);
  const parsed = schema.safeParse(json);
  return parsed.success ? '' : z.prettifyError(parsed.error);
}

/** One schema with the components it refers to, as plain JSON Schema. */
function standalone(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: served.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}
