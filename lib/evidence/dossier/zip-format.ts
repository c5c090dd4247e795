import { archiveBytesMax } from '#lib/evidence/verify/limits.ts';

/**
 * The one form in which a dossier's ZIP is written and read (APPNOTE 6.3.10): every entry stored as it is, dated 1980-01-01, without
 * extra fields, comments, flags or gaps. Whatever another archive could hold has no place here, so that one set of files is one string
 * of bytes, and no two readers can see different files in it.
 */

/** What one dossier may hold. */
export const zipLimits = {
  archiveBytes: archiveBytesMax,
  entries: 4096,
  entryBytes: 16 * 1024 * 1024,
  nameLength: 200,
};

export const signatures = { localHeader: 0x04034b50, centralHeader: 0x02014b50, end: 0x06054b50 } as const;

/** Bytes of the three records, without the name that follows two of them. */
export const recordBytes = { localHeader: 30, centralHeader: 46, end: 22 } as const;

export const fixed = { versionNeeded: 10, madeBy: 20, date: 0x0021 } as const;

/** Plain ASCII, with folders, never beginning with a dot or a slash: nothing that some reader could take for another place. */
export function isEntryName(name: string): boolean {
  return (
    name.length <= zipLimits.nameLength && /^[a-zA-Z0-9][a-zA-Z0-9._-]*(?:\/[a-zA-Z0-9][a-zA-Z0-9._-]*)*$/.test(name)
  );
}
