import type { Database } from './database.ts';

type Found = { session_id: string; workspace_id: string };

const byLink = {
  name: 'find_session_by_link',
  text: 'SELECT session_id, workspace_id, link_issue FROM find_session_by_link($1)',
};

/** The session whose present link has this hash. An older issue of the link finds nothing. */
export async function findSessionByLink(
  db: Database,
  linkSha256: Buffer,
): Promise<(Found & { link_issue: number }) | undefined> {
  return (await db.door<Found & { link_issue: number }>(byLink, [linkSha256]))[0];
}

const byReceipt = {
  name: 'find_session_by_receipt',
  text: 'SELECT session_id, workspace_id FROM find_session_by_receipt($1)',
};

/** The session that this receipt code, in its stored form, was given to. */
export async function findSessionByReceipt(db: Database, code: string): Promise<Found | undefined> {
  return (await db.door<Found>(byReceipt, [code]))[0];
}

const lapsed = { name: 'find_lapsed_sessions', text: 'SELECT session_id, workspace_id FROM find_lapsed_sessions($1)' };

/** Live sessions whose time has run out and was not yet recorded, oldest first. */
export function findLapsedSessions(db: Database, howMany: number): Promise<Found[]> {
  return db.door<Found>(lapsed, [howMany]);
}
