import type { ReceiverLanguage } from '#lib/schema/examples/webhook/webhook-verifier.ts';

/** One message as it comes to a receiver. */
export type ReceivedMessage = { secret: string; id: string; timestamp: string; signature: string; body: string };

/** As arguments of the program that `judging` makes. */
export const argumentsOf = (messages: readonly ReceivedMessage[]): string[] =>
  messages.flatMap(({ secret, id, timestamp, signature, body }) => [secret, id, timestamp, signature, body]);

/**
 * A program that hands messages to the function of the documents, text for text, and prints `genuine` or `refused` for each. What a developer
 * copies is what runs here.
 */
export const judging: Record<ReceiverLanguage, (verifier: string) => string> = {
  typescript: (verifier) => `${verifier}
const given = process.argv.slice(2);
for (let at = 0; at < given.length; at += 5) {
  const [secret = '', id, timestamp, signature, body = ''] = given.slice(at);
  try {
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    verifyWebhook(secret, headers, Buffer.from(body));
    console.log('genuine');
  } catch {
    console.log('refused');
  }
}
`,
  python: (verifier) => `${verifier}
import sys

for at in range(1, len(sys.argv), 5):
    secret, webhook_id, timestamp, signature, body = sys.argv[at:at + 5]
    headers = {"webhook-id": webhook_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    try:
        verify_webhook(secret, headers, body.encode())
        print("genuine")
    except ValueError:
        print("refused")
`,
  php: (verifier) => `${verifier}
foreach (array_chunk(array_slice($argv, 1), 5) as [$secret, $id, $timestamp, $signature, $body]) {
    $headers = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signature];
    try {
        verify_webhook($secret, $headers, $body);
        echo "genuine\\n";
    } catch (RuntimeException) {
        echo "refused\\n";
    }
}
`,
  java: (verifier) => `${verifier}
class Receiver {
  public static void main(String[] given) {
    for (int at = 0; at < given.length; at += 5) {
      var headers = Map.of("webhook-id", given[at + 1], "webhook-timestamp", given[at + 2], "webhook-signature", given[at + 3]);
      try {
        WebhookVerifier.verify(given[at], headers, given[at + 4].getBytes(StandardCharsets.UTF_8));
        System.out.println("genuine");
      } catch (GeneralSecurityException refused) {
        System.out.println("refused");
      }
    }
  }
}
`,
  csharp: (verifier) =>
    verifier.replace(
      '\nstatic class',
      `
for (var at = 0; at < args.Length; at += 5)
{
    var headers = new Dictionary<string, string>
    {
        ["webhook-id"] = args[at + 1], ["webhook-timestamp"] = args[at + 2], ["webhook-signature"] = args[at + 3],
    };
    try
    {
        WebhookVerifier.Verify(args[at], headers, Encoding.UTF8.GetBytes(args[at + 4]));
        Console.WriteLine("genuine");
    }
    catch (CryptographicException)
    {
        Console.WriteLine("refused");
    }
}

static class`,
    ),
  go: (
    verifier,
  ) => `${verifier.replace('package webhooks', 'package main').replace('import (', 'import (\n\t"fmt"\n\t"os"')}
func main() {
	for at := 1; at < len(os.Args); at += 5 {
		header := http.Header{}
		header.Set("webhook-id", os.Args[at+1])
		header.Set("webhook-timestamp", os.Args[at+2])
		header.Set("webhook-signature", os.Args[at+3])
		if VerifyWebhook(os.Args[at], header, []byte(os.Args[at+4])) == nil {
			fmt.Println("genuine")
		} else {
			fmt.Println("refused")
		}
	}
}
`,
};
