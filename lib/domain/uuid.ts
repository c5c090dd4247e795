const shape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether this is a UUID as we write all of ours, in lower case: asked before the database is, which throws at anything else. */
export function isUuid(text: string): boolean {
  return shape.test(text);
}
