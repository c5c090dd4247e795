import type { Operation } from '../operations.ts';
import { operationExample } from './operation-example.ts';

/**
 * One call of the API as every language has to make it. The key is not part of it: programs take it from ACEITE_API_KEY. `savedAs` is
 * the file into which an answer goes that is no text.
 */
export type ApiCall = {
  operationId: string;
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  takesKey: boolean;
  headers: Record<string, string>;
  body?: Record<string, unknown>;
  savedAs?: string;
};

const httpMethods = { get: 'GET', post: 'POST', delete: 'DELETE' } as const;

/** The example of an operation, called at a base address that ends in `/api/v1`. */
export function apiCallOf({ id: operationId, method, path, scope }: Operation, base: string): ApiCall {
  const { id = '', query, idempotencyKey, body, savedAs } = operationExample(operationId);
  const search = query ? `?${new URLSearchParams(query)}` : '';
  return {
    operationId,
    method: httpMethods[method],
    url: `${base}${path.replace('{id}', id)}${search}`,
    takesKey: scope !== undefined,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'X-Idempotency-Key': idempotencyKey }),
    },
    ...(body && { body }),
    ...(savedAs !== undefined && { savedAs }),
  };
}
