const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How long what is followed by something new goes on beside it: a duration, or `0` for not at all. */
export function parseOverlap(text: string, mostMs: number): number | undefined {
  return text === '0' ? 0 : parseDuration(text, mostMs);
}

/** Milliseconds of `90s`, `15m`, `2h` or `3d`, or undefined for what is no such duration or longer than `mostMs`. */
export function parseDuration(text: string, mostMs: number): number | undefined {
  const [, count = '', unit = ''] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (unitMs[unit] ?? 0);
  return milliseconds > 0 && milliseconds <= mostMs ? milliseconds : undefined;
}
