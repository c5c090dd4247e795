import type { ApiCall } from '../api-call.ts';
import { indented, program } from '../program-lines.ts';

/** Python 3 and its own library. A refusal is raised as HTTPError, whose body is the problem. */
export function python({ method, url, takesKey, headers, body, savedAs }: ApiCall): string {
  const sent = Object.entries(headers).map(([name, value]) => `        ${quoted(name)}: ${quoted(value)},`);
  const isText = savedAs === undefined;
  return program(
    (isText || body !== undefined) && 'import json',
    takesKey && 'import os',
    'import urllib.request\n',
    'request = urllib.request.Request(',
    `    ${quoted(url)},`,
    `    method=${quoted(method)},`,
    (takesKey || sent.length > 0) && '    headers={',
    takesKey && '        "X-API-Key": os.environ["ACEITE_API_KEY"],',
    ...sent,
    (takesKey || sent.length > 0) && '    },',
    body !== undefined && `    data=json.dumps(${indented(literal(body), '    ')}).encode(),`,
    ')',
    'with urllib.request.urlopen(request) as answer:',
    isText
      ? '    print(json.load(answer))'
      : `    with open(${quoted(savedAs)}, "wb") as file:\n        file.write(answer.read())`,
  );
}

/** A JSON string is a Python string, as JSON.stringify escapes no character that Python would read otherwise. */
const quoted = (text: string): string => JSON.stringify(text);

/** Our examples hold strings, lists and objects alone, which JSON and Python write alike. */
const literal = (value: unknown): string => JSON.stringify(value, null, 4);
