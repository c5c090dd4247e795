import type { ApiCall } from '../api-call.ts';
import { indented, prettyJson, program } from '../program-lines.ts';

const methodNames = { GET: 'Get', POST: 'Post', DELETE: 'Delete' } as const;

/** .NET 8 or newer, top-level statements. Content-Type belongs to the content there, not to the request. */
export function csharp({ method, url, takesKey, headers, body, savedAs }: ApiCall): string {
  const sent = Object.entries(headers)
    .filter(([name]) => name !== 'Content-Type')
    .map(([name, value]) => `request.Headers.Add(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  return program(
    body !== undefined && 'using System.Text;\n',
    'using var client = new HttpClient();',
    `using var request = new HttpRequestMessage(HttpMethod.${methodNames[method]}, ${JSON.stringify(url)});`,
    takesKey && 'request.Headers.Add("X-API-Key", Environment.GetEnvironmentVariable("ACEITE_API_KEY"));',
    ...sent,
    body !== undefined &&
      `request.Content = new StringContent("""\n${indented(prettyJson(body), '    ', true)}\n    """, Encoding.UTF8, "application/json");`,
    'using var answer = await client.SendAsync(request);',
    'if (!answer.IsSuccessStatusCode)',
    '    throw new HttpRequestException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");',
    savedAs === undefined
      ? 'Console.WriteLine(await answer.Content.ReadAsStringAsync());'
      : `await File.WriteAllBytesAsync(${JSON.stringify(savedAs)}, await answer.Content.ReadAsByteArrayAsync());`,
  );
}
