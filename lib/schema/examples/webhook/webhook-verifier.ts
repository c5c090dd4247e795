import { type ExampleLanguage, exampleLanguages } from '../example-language.ts';
import { verifyInCsharp } from './verify-csharp.ts';
import { verifyInGo } from './verify-go.ts';
import { verifyInJava } from './verify-java.ts';
import { verifyInPhp } from './verify-php.ts';
import { verifyInPython } from './verify-python.ts';
import { verifyInTypescript } from './verify-typescript.ts';

export type ReceiverLanguage = Exclude<ExampleLanguage, 'curl'>;

/** How a receiver tells a message of the portal's from a stranger's, in the language that it is written in. */
export const webhookVerifiers: Record<ReceiverLanguage, { name: string; text: string }> = {
  typescript: { name: exampleLanguages.typescript.name, text: verifyInTypescript },
  python: { name: exampleLanguages.python.name, text: verifyInPython },
  php: { name: exampleLanguages.php.name, text: verifyInPhp },
  java: { name: exampleLanguages.java.name, text: verifyInJava },
  csharp: { name: exampleLanguages.csharp.name, text: verifyInCsharp },
  go: { name: exampleLanguages.go.name, text: verifyInGo },
};
