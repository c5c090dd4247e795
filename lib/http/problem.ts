import { type ErrorCode, errorCatalogue } from '#lib/domain/error-catalogue.ts';
import { type ApiLanguage, fieldMessage } from '#lib/domain/field-messages.ts';
import { paths } from '#lib/paths.ts';
import type { Rendered } from '#lib/program.ts';
import type { FieldRefusal } from '#lib/schema/field-refusals.ts';
import type { Problem } from '#lib/schema/problem.ts';
import { apiLanguageOf } from './accept-language.ts';
import { portalAddress } from './portal-address.ts';
import { requestStore } from './request-store.ts';
import { bareContentSecurityPolicy } from './security-headers.ts';

/** One answer of the API, down to its bytes. */
export type ApiAnswer = Rendered;

/** What a particular refusal says beside its code. */
export type ProblemExtras = {
  errors?: readonly FieldRefusal[];
  headers?: Record<string, string>;
} & Pick<Problem, 'missingScope' | 'signingSessionId' | 'completedAt' | 'firstUsedAt'>;

/** Headers of every answer of the API: nothing of it may be kept by a cache or framed. */
export const apiHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': bareContentSecurityPolicy,
} as const;

/** One refusal as `application/problem+json`, in the caller's language. */
export function problemAnswer(code: ErrorCode, { errors, headers, ...extras }: ProblemExtras = {}): Rendered {
  const { requestId } = requestStore();
  const language = apiLanguageOf();
  const { status, title, detail } = errorCatalogue[code];
  const body: Problem = {
    type: portalAddress(paths.docsError(code)),
    title: title[language],
    status,
    code,
    detail: detail[language],
    requestId,
    ...(errors && errors.length > 0 && { errors: errors.map((error) => describe(error, language)) }),
    ...extras,
  };
  return {
    status,
    headers: {
      ...apiHeaders,
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': language,
      Vary: 'Accept-Language',
      ...headers,
    },
    bytes: Buffer.from(JSON.stringify(body)),
    ...(errors && { errors }),
  };
}

/** A value as `application/json`. */
export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Rendered {
  return {
    status,
    headers: { ...apiHeaders, 'Content-Type': 'application/json; charset=utf-8', ...headers },
    bytes: Buffer.from(JSON.stringify(value)),
  };
}

type Item = NonNullable<Problem['errors']>[number];

function describe({ pointer, code, details = {} }: FieldRefusal, language: ApiLanguage): Item {
  return { pointer, code, message: fieldMessage(code, language, details), ...placeOf(details) };
}

/** Where a refused character of the contract's text stands; other refusals have no place. */
function placeOf({ codePoint, codePointIndex, byteOffset, line, column }: NonNullable<FieldRefusal['details']>) {
  if (typeof codePoint !== 'string' || typeof line !== 'number') return {};
  return {
    codePoint,
    offset: Number(codePointIndex),
    byteOffset: Number(byteOffset),
    line,
    column: Number(column),
  };
}
