import { createHash } from 'node:crypto';
import type { CopyLanguage } from '#lib/copy/language.ts';

const style =
  'body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}p{margin:0 0 1rem}code{overflow-wrap:anywhere}a{color:inherit}small{color:#595959;overflow-wrap:anywhere}@media (prefers-color-scheme:dark){body{color:#f2f2f2;background:#121212}small{color:#b3b3b3}}';
const styleHash = createHash('sha256').update(style).digest('base64');
/** Nothing but its own style. */
export const barePagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`;

/** A page without script, file or database. Whoever gives it words has seen that nothing in them needs escaping. */
export function barePage(language: CopyLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`;
}
