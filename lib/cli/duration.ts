import { hourMs } from '#lib/domain/overlap.ts';

const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: hourMs, d: 24 * hourMs };

type OverlapHours = { usual: number; most: number };

/** How many milliseconds what is followed by something new goes on beside it: a duration, or `0` for not at all; the usual when left out. */
export function parseOverlap(text: string | undefined, { usual, most }: OverlapHours): number | undefined {
  if (text === undefined) return usual * hourMs;
  return text === '0' ? 0 : parseDuration(text, most * hourMs);
}

/** What an overlap may be, for whoever typed another. */
export const overlapForm = ({ most }: OverlapHours): string =>
  `--overlap is 0, or a duration such as 15m, 2h or 3d, of at most ${spelledHours(most)}.`;

/** For a command's usage. */
export const overlapLimits = ({ usual, most }: OverlapHours): string =>
  `15m, 2h, 3d; ${spelledHours(usual)} when left out, at most ${spelledHours(most)}; 0 when it has leaked`;

/** In days where there are several whole ones. */
function spelledHours(hours: number): string {
  return hours > 24 && hours % 24 === 0 ? `${hours / 24}d` : `${hours}h`;
}

/** Milliseconds of `90s`, `15m`, `2h` or `3d`, or undefined for what is no such duration or longer than `mostMs`. */
export function parseDuration(text: string, mostMs: number): number | undefined {
  const [, count = '', unit = ''] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (unitMs[unit] ?? 0);
  return milliseconds > 0 && milliseconds <= mostMs ? milliseconds : undefined;
}
