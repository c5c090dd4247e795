import { randomBytes } from 'node:crypto';
import { program } from '#lib/program.ts';
import { pageContentSecurityPolicy } from './security-headers.ts';

/** The policy of one view of a page, with a nonce that nobody has seen before. */
export function pagePolicy(): string {
  const isDevelopment = program().config.webNodeEnv === 'development';
  return pageContentSecurityPolicy(randomBytes(16).toString('base64'), isDevelopment);
}
