/** What a whole dossier may have. A contract is 1 MiB at most and a lender's reply less: all the rest is small. */
export const archiveBytesMax = 64 * 1024 * 1024;

/** A hundred roots and keys are a few hundred kilobytes; whoever hands over more has taken another file for a trust file. */
export const trustBytesMax = 4 * 1024 * 1024;
