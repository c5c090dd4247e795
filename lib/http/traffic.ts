import { processWide } from './process-wide.ts';
import type { Answer } from './request-store.ts';

const counts = processWide('traffic', () => new Map<string, number>());

/** Counts one answer under its route class, method and status: a small, closed set of labels. */
export function countAnswer({ route, method, status }: Pick<Answer, 'route' | 'method' | 'status'>): void {
  const label = `route="${route}",method="${knownMethods.has(method) ? method : 'other'}",status="${status}"`;
  counts.set(label, (counts.get(label) ?? 0) + 1);
}

/** Labels in Prometheus form, with how many answers each has had since the process began. */
export function answersByLabel(): [label: string, count: number][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
