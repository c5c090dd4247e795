import type { ApiCall } from '../api-call.ts';
import { indented, program } from '../program-lines.ts';

/** PHP 8 with its curl extension. */
export function php({ method, url, takesKey, headers, body, savedAs }: ApiCall): string {
  const sent = Object.entries(headers).map(([name, value]) => `        ${quoted(`${name}: ${value}`)},`);
  return program(
    '<?php\n',
    `$call = curl_init(${quoted(url)});`,
    'curl_setopt_array($call, [',
    `    CURLOPT_CUSTOMREQUEST => ${quoted(method)},`,
    (takesKey || sent.length > 0) && '    CURLOPT_HTTPHEADER => [',
    takesKey && "        'X-API-Key: ' . getenv('ACEITE_API_KEY'),",
    ...sent,
    (takesKey || sent.length > 0) && '    ],',
    body !== undefined &&
      `    CURLOPT_POSTFIELDS => json_encode(${indented(literal(body), '    ')}, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR),`,
    '    CURLOPT_RETURNTRANSFER => true,',
    ']);',
    '$answer = curl_exec($call);',
    '$status = curl_getinfo($call, CURLINFO_RESPONSE_CODE);',
    'if ($answer === false || $status >= 300) {',
    '    throw new RuntimeException($status . " " . ($answer ?: curl_error($call)));',
    '}',
    savedAs === undefined ? 'echo $answer, "\\n";' : `file_put_contents(${quoted(savedAs)}, $answer);`,
  );
}

/** Single quotes know two escapes only; a text with line ends takes double quotes, in which `$` would begin a variable. */
function quoted(text: string): string {
  if (text.includes('\n')) return JSON.stringify(text).replaceAll('$', '\\$').replaceAll('\\/', '/');
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return list(value.map(literal));
  if (typeof value === 'object' && value !== null)
    return list(Object.entries(value).map(([name, member]) => `${quoted(name)} => ${literal(member)}`));
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

const list = (items: readonly string[]): string =>
  ['[', ...items.map((item) => `${indented(item, '    ', true)},`), ']'].join('\n');
