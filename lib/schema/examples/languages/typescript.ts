import type { ApiCall } from '../api-call.ts';
import { indented, prettyJson, program } from '../program-lines.ts';

/** Node 18 or newer, without a package. */
export function typescript({ method, url, takesKey, headers, body, savedAs }: ApiCall): string {
  const sent = Object.entries(headers).map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},`);
  return program(
    savedAs !== undefined && "import { writeFile } from 'node:fs/promises';\n",
    `const answer = await fetch(${quoted(url)}, {`,
    `  method: ${quoted(method)},`,
    (takesKey || sent.length > 0) && '  headers: {',
    takesKey && "    'X-API-Key': process.env.ACEITE_API_KEY ?? '',",
    ...sent,
    (takesKey || sent.length > 0) && '  },',
    body !== undefined && `  body: JSON.stringify(${indented(literal(body), '  ')}),`,
    '});',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the program that is written holds the template.
    'if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);',
    savedAs === undefined
      ? 'console.log(await answer.json());'
      : `await writeFile(${quoted(savedAs)}, Buffer.from(await answer.arrayBuffer()));`,
  );
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** JSON is TypeScript; names without quotes read better. */
const literal = (value: unknown): string => prettyJson(value).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, '$1$2:');
