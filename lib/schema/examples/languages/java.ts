import type { ApiCall } from '../api-call.ts';
import { indented, prettyJson, program } from '../program-lines.ts';

/** Java 15 or newer and its own library. HTTP/1.1 is said because on plain http the client would ask to change to HTTP/2 first. */
export function java({ operationId, method, url, takesKey, headers, body, savedAs }: ApiCall): string {
  const sent = Object.entries(headers).map(
    ([name, value]) => `        .header(${JSON.stringify(name)}, ${JSON.stringify(value)})`,
  );
  const answerType = savedAs === undefined ? 'String' : 'Path';
  const handler = savedAs === undefined ? 'ofString()' : `ofFile(Path.of(${JSON.stringify(savedAs)}))`;
  return program(
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    savedAs !== undefined && 'import java.nio.file.Path;',
    '',
    `public class ${classNameOf(operationId)} {`,
    '  public static void main(String[] args) throws Exception {',
    `    HttpRequest request = HttpRequest.newBuilder(URI.create(${JSON.stringify(url)}))`,
    '        .version(HttpClient.Version.HTTP_1_1)',
    takesKey && '        .header("X-API-Key", System.getenv("ACEITE_API_KEY"))',
    ...sent,
    body === undefined
      ? `        .${method === 'GET' ? 'GET()' : `${method}()`}`
      : `        .method("${method}", HttpRequest.BodyPublishers.ofString("""\n${textBlock(body)}"""))`,
    '        .build();',
    `    HttpResponse<${answerType}> answer =`,
    `        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.${handler});`,
    '    if (answer.statusCode() >= 300) throw new IllegalStateException(answer.statusCode() + " " + answer.body());',
    '    System.out.println(answer.body());',
    '  }',
    '}',
  );
}

/** The file has to be called the same, with `.java` behind it. */
export const classNameOf = (operationId: string): string => operationId.replace(/^./, (first) => first.toUpperCase());

const textBlock = (body: unknown): string => indented(prettyJson(body).replaceAll('\\', '\\\\'), '            ', true);
