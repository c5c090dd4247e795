import type { ApiCall } from '../api-call.ts';
import { indented, prettyJson, program } from '../program-lines.ts';

/** Go and its own library. */
export function go({ method, url, takesKey, headers, body, savedAs }: ApiCall): string {
  const packages = [
    savedAs === undefined && 'fmt',
    'io',
    'log',
    'net/http',
    (takesKey || savedAs !== undefined) && 'os',
    body !== undefined && 'strings',
  ].filter((name) => name !== false);
  const sent = Object.entries(headers).map(
    ([name, value]) => `\trequest.Header.Set(${JSON.stringify(name)}, ${JSON.stringify(value)})`,
  );
  const content = body === undefined ? 'nil' : `strings.NewReader(\`${indented(prettyJson(body), '\t')}\`)`;
  return program(
    'package main\n',
    'import (',
    ...packages.map((name) => `\t"${name}"`),
    ')\n',
    'func main() {',
    `\trequest, err := http.NewRequest("${method}", ${JSON.stringify(url)}, ${content})`,
    stopOnError,
    takesKey && '\trequest.Header.Set("X-API-Key", os.Getenv("ACEITE_API_KEY"))',
    ...sent,
    '\tanswer, err := http.DefaultClient.Do(request)',
    stopOnError,
    '\tdefer answer.Body.Close()',
    '\tbytes, err := io.ReadAll(answer.Body)',
    stopOnError,
    '\tif answer.StatusCode >= 300 {\n\t\tlog.Fatal(answer.Status, " ", string(bytes))\n\t}',
    savedAs === undefined
      ? '\tfmt.Println(string(bytes))'
      : `\tif err := os.WriteFile(${JSON.stringify(savedAs)}, bytes, 0o600); err != nil {\n\t\tlog.Fatal(err)\n\t}`,
    '}',
  );
}

const stopOnError = '\tif err != nil {\n\t\tlog.Fatal(err)\n\t}';
