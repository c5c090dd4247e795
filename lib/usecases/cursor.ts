/** A place in a list that is ordered by (created_at, id); opaque to callers. */
export type ListPlace = { createdAt: Date; id: string };

const placeShape = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function writeCursor({ createdAt, id }: ListPlace): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url');
}

/** The place a cursor names, or undefined when it is none of ours. */
export function readCursor(cursor: string): ListPlace | undefined {
  const [, time, id] = placeShape.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  return time !== undefined && id !== undefined ? { createdAt: new Date(Number(time)), id } : undefined;
}
