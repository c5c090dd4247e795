import type { ApiCall } from './api-call.ts';
import { csharp } from './languages/csharp.ts';
import { curl } from './languages/curl.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { typescript } from './languages/typescript.ts';

/** The languages in which the reference shows every call, in the order of their tabs. */
export const exampleLanguages = {
  curl: { name: 'curl', write: curl },
  typescript: { name: 'TypeScript', write: typescript },
  python: { name: 'Python', write: python },
  php: { name: 'PHP', write: php },
  java: { name: 'Java', write: java },
  csharp: { name: 'C#', write: csharp },
  go: { name: 'Go', write: go },
} as const satisfies Record<string, { name: string; write(call: ApiCall): string }>;

export type ExampleLanguage = keyof typeof exampleLanguages;
