/**
 * What a dossier may ask of whoever reads it, beside the sizes in `zip-format.ts`. All of it lies far above what a session leaves behind,
 * and keeps a small file from costing minutes or gigabytes. `verify.py` has the same numbers.
 */
export const readingLimits = {
  /** One JSON record, in bytes: a file, or a line of a file of lines. The contract is no record. */
  recordBytes: 2 * 1024 * 1024,
  /** Lines of one file: the events of a session, the statements of a log. */
  recordLines: 4096,
  /** Values in one JSON text. */
  textValues: 100_000,
  /** Values in all records of a dossier together. */
  recordsValues: 400_000,
  /** Files under `timestamps/`. */
  timeStamps: 8,
  /** Characters of one detail: whoever made the dossier chooses some of its words. */
  detailLength: 200,
} as const;
