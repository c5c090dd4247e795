import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { backupSealMessage } from '#lib/schema/backup-file.ts';

/**
 * Writes a backup file again with other lines before its sums, and sums and a seal that fit them: the forgery of somebody who
 * knows the format, against whom no hash helps. `sign` is the installation's seal, when even that is in the wrong hands.
 */
export function forgeBackup(
  path: string,
  to: string,
  change: (lines: string[]) => string[],
  { sign = () => new Uint8Array(64), changeSums = (sums) => sums }: Forgery = {},
): void {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(0, -2);
  const forged = change(lines);
  const text = [...forged, JSON.stringify({ tables: changeSums(sumsOf(forged)) })].map((line) => `${line}\n`).join('');
  const hash = sha256(text);
  const signature = Buffer.from(sign(backupSealMessage(hash))).toString('base64');
  writeFileSync(to, `${text}${JSON.stringify({ sha256: hash, signature })}\n`);
}

export type Forgery = {
  sign?: (message: Uint8Array) => Uint8Array;
  changeSums?: ((sums: Sum[]) => Sum[]) | undefined;
};

/** Changes the values of some rows of a table, by the names of its columns. */
export function changeRows(table: string, change: (row: Record<string, string | null>, place: number) => void) {
  return (lines: string[]) => {
    const heading = lines.findIndex((line) => line.startsWith(`{"table":"${table}"`));
    const { columns }: { columns: string[] } = JSON.parse(lines[heading] ?? '');
    const end = lines.findIndex((line, place) => place > heading && line.startsWith('{'));
    return lines.map((line, place) => {
      if (place <= heading || place >= end) return line;
      const values: (string | null)[] = JSON.parse(line);
      const row = Object.fromEntries(columns.map((name, index) => [name, values[index] ?? null]));
      change(row, place - heading - 1);
      return JSON.stringify(columns.map((name) => row[name]));
    });
  };
}

type Sum = { table: string; rows: number; sha256: string };

function sumsOf(lines: string[]): Sum[] {
  const sums: { table: string; rows: string[] }[] = [];
  for (const line of lines) {
    const { table }: { table?: string } = line.startsWith('{') ? JSON.parse(line) : {};
    if (table !== undefined) sums.push({ table, rows: [] });
    if (line.startsWith('[')) sums.at(-1)?.rows.push(`${line}\n`);
  }
  return sums.map(({ table, rows }) => ({ table, rows: rows.length, sha256: sha256(rows.join('')) }));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
