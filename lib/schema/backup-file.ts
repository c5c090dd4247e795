import { z } from 'zod';

/**
 * A backup is a text file of one JSON value per line: this header; then for each table its heading and its rows; then the sequences; then
 * the sums of all tables; last the seal: the hash of every byte before it, and the installation's signature over that. A row is an array of texts or nulls, one per column of the heading.
 * The whole of it is told in lib/decisions/0012-backups-over-sql.md.
 */
export const backupFormat = 'aceite-backup-1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(63);

/**
 * The migrations are all that the database has had, in order; `takenAt` is an instant of the machine, not of a sandbox's clock.
 * `wrappingKeyIds` are the keys of the key file without which sessions in this backup can be read by nobody.
 */
export const backupHeader = z.strictObject({
  format: z.literal(backupFormat),
  mode: z.enum(['production', 'sandbox']),
  takenAt: z.iso.datetime({ precision: 3 }),
  migrations: z.array(z.strictObject({ name, checksum: sha256 })).min(1),
  wrappingKeyIds: z.array(z.string().regex(/^[A-Za-z0-9_-]{1,32}$/)),
});
export type BackupHeader = z.infer<typeof backupHeader>;

export const tableHeading = z.strictObject({ table: name, columns: z.array(name) });

/** As Postgres has it: with `isCalled` the next value comes after `lastValue`, without it is that value itself. */
export const sequenceStanding = z.strictObject({
  sequence: name,
  lastValue: z.string().regex(/^-?\d{1,19}$/),
  isCalled: z.boolean(),
});
export type SequenceStanding = z.infer<typeof sequenceStanding>;

/** How many rows a table has, and the SHA-256 of their lines in order, each with its line feed. */
const tableSum = z.strictObject({ table: name, rows: z.int().min(0), sha256 });
export type TableSum = z.infer<typeof tableSum>;

export const tableSums = z.strictObject({ tables: z.array(tableSum) });

/** Base64 of the 64 bytes of an Ed25519 signature. */
const signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

export const backupSeal = z.strictObject({ sha256, signature });
export type BackupSeal = z.infer<typeof backupSeal>;

/** What the installation's seal signs of a backup whose bytes have this hash: under no other heading does the seal sign anything. */
export function backupSealMessage(hash: string): Uint8Array {
  return new TextEncoder().encode(`${backupFormat}\n${hash}\n`);
}
