import { absolute } from '#lib/paths.ts';
import { program } from '#lib/program.ts';

/** The public address of a path: made from PORTAL_URL, never from what the request calls our host. */
export function portalAddress(path: string): string {
  return absolute(program().portalUrl, path);
}
