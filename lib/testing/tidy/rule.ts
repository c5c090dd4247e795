import { lineAt, type Source } from './source.ts';

/** All files by path, as they are or as a test has planted them. */
export type Repository = Map<string, Source>;

/** What is wrong, where, and how to mend it. */
export type Finding = { path: string; line: number; why: string; mend: string };

/** `promise` completes the sentence "the repository …" and names the test. */
export type Rule = { promise: string; check(repository: Repository): Finding[] };

export function finding(source: Source, offset: number, why: string, mend: string): Finding {
  return { path: source.path, line: lineAt(source, offset), why, mend };
}

export function describeFinding({ path, line, why, mend }: Finding): string {
  return `${path}:${line} ${why} ${mend}`;
}
