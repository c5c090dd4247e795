import { median } from './median.ts';

/** One line of the benchmark's answer. */
export type Figure = {
  part: string;
  name: string;
  /** Absent when it could not be measured; `note` then says why. */
  value?: number;
  unit: string;
  /** The least and the most of the rounds of which `value` is the median: how noisy the machine was. */
  spread?: { least: number; most: number };
  goal?: { kind: 'at least' | 'at most'; value: number };
  note?: string;
};

export type Verdict = 'reached' | 'missed' | 'not measured' | 'no goal';

export function verdictOf({ value, goal }: Figure): Verdict {
  if (value === undefined) return 'not measured';
  if (!goal) return 'no goal';
  const isReached = goal.kind === 'at least' ? value >= goal.value : value <= goal.value;
  return isReached ? 'reached' : 'missed';
}

/** The median of some rounds, and how far they lay apart. */
export function ofRounds(values: readonly number[]): Pick<Figure, 'value' | 'spread'> {
  const value = median(values);
  return values.length > 1 ? { value, spread: { least: Math.min(...values), most: Math.max(...values) } } : { value };
}

/** The figures as a table, a part per block. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    figure.value === undefined ? 'not measured' : `${round(figure.value)} ${figure.unit}`.trim(),
    figure.spread ? `(${round(figure.spread.least)} to ${round(figure.spread.most)})` : '',
    figure.goal ? `${figure.goal.kind === 'at least' ? '≥' : '≤'} ${round(figure.goal.value)}` : '',
    figure.goal ? verdictOf(figure) : '',
    figure.note ?? '',
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = figures.flatMap(({ part }, index) => {
    const cells = (rows[index] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const line = `  ${cells.join('  ').trimEnd()}`;
    return part === figures[index - 1]?.part ? [line] : ['', part, line];
  });
  return lines.join('\n').trimStart();
}

/** Three significant digits say all that a run on a shared machine can; whole numbers are counts and stay whole. */
function round(value: number): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, value >= 10_000 ? ' ' : '');
}
