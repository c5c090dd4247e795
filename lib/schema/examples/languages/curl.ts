import type { ApiCall } from '../api-call.ts';
import { prettyJson } from '../program-lines.ts';

/** As typed into a shell. `--fail-with-body` ends with an error when the API refuses, and still shows why. */
export function curl({ method, url, takesKey, headers, body, savedAs }: ApiCall): string {
  const parts = [
    `curl --fail-with-body${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url)}`,
    ...(takesKey ? ['-H "X-API-Key: $ACEITE_API_KEY"'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body ? [`-d ${quoted(prettyJson(body))}`] : []),
    ...(savedAs === undefined ? [] : [`-o ${savedAs}`]),
  ];
  return `${parts.join(' \\\n  ')}\n`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
